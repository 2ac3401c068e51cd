package org.sparkvae.job.soak;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the Java heap of a process lies among its addresses.
 *
 * @param from the first address
 * @param to the one after the last
 */
record HeapMapping(long from, long to) {
  private static final Pattern RANGE =
      Pattern.compile(".*\\[0x(\\p{XDigit}+), (?:0x\\p{XDigit}+, )?0x(\\p{XDigit}+)\\).*");
  private static final Pattern MAPPING = Pattern.compile("(\\p{XDigit}+)-\\p{XDigit}+ .*");
  private static final Pattern RESIDENT = Pattern.compile("Rss: +(\\d+) kB");

  /** By what jcmd's GC.heap_info says. */
  static HeapMapping of(List<String> info) throws IOException {
    long from = Long.MAX_VALUE;
    long to = 0;
    for (String line : info) {
      Matcher range = RANGE.matcher(line);
      if (range.matches()) {
        from = Math.min(from, address(range.group(1)));
        to = Math.max(to, address(range.group(2)));
      }
    }
    if (to == 0) {
      throw new IOException("no heap in " + info);
    }
    return new HeapMapping(from, to);
  }

  /** KiB of the mappings that begin outside it, by what Linux has in smaps. */
  long residentOutside(List<String> smaps) {
    long resident = 0;
    boolean outside = true;
    for (String line : smaps) {
      Matcher mapping = MAPPING.matcher(line);
      Matcher bytes = RESIDENT.matcher(line);
      if (mapping.matches()) {
        long address = Long.parseUnsignedLong(mapping.group(1), 16);
        outside = address < from || address >= to;
      } else if (outside && bytes.matches()) {
        resident += Long.parseLong(bytes.group(1));
      }
    }
    return resident;
  }

  private static long address(String hex) {
    return Long.parseUnsignedLong(hex, 16);
  }
}
