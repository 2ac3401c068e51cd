package org.sparkvae.job.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapMappingTest {
  @Test
  void countsWhatLiesOutside() throws IOException {
    HeapMapping heap =
        HeapMapping.of(
            List.of(
                "4711:",
                "garbage-first heap   total 262144K, used 4096K [0x00000000c0000000, 0x0000000100000000)",
                "region size 1024K, 5 young (5120K), 0 survivors (0K)"));
    assertThat(heap).isEqualTo(new HeapMapping(0xc0000000L, 0x100000000L));
    List<String> smaps =
        List.of(
            "bfff0000-c0000000 rw-p 00000000 00:00 0",
            "Rss:                  1 kB",
            "c0000000-d0000000 rw-p 00000000 00:00 0",
            "Rss:                 10 kB",
            "d0000000-100000000 ---p 00000000 00:00 0",
            "Rss:                100 kB",
            "100000000-100010000 rw-p 00000000 00:00 0",
            "Size:              9999 kB",
            "Rss:               1000 kB",
            "7f0000000000-7f0000001000 r-xp 00000000 08:01 7    /usr/lib/libc.so.6",
            "Rss:              10000 kB",
            "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0    [vsyscall]",
            "Rss:                  0 kB");
    assertThat(heap.residentOutside(smaps)).isEqualTo(11_001);
  }

  @Test
  void takesTheGenerationsOfASmallMachine() throws IOException {
    assertThat(
            HeapMapping.of(
                List.of(
                    "def new generation   total 9792K, used 3584K [0x10000, 0x20000, 0x30000)",
                    "tenured generation   total 21888K, used 0K [0x30000, 0x40000, 0x50000)")))
        .isEqualTo(new HeapMapping(0x10000, 0x50000));
  }

  @Test
  void refusesWhatNamesNoHeap() {
    assertThatThrownBy(() -> HeapMapping.of(List.of("1: No such process")))
        .isInstanceOf(IOException.class);
  }
}
