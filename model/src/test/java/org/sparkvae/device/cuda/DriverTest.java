package org.sparkvae.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Unable to load library 'libcuda.so.1': Native library (linux-x86-64/libcuda.so.1) not found in resource path ([file:/a.jar]) | there is no NVIDIA driver (Unable to load library 'libcuda.so.1')
          Error looking up function 'cuNew': /lib/libcuda.so.1: undefined symbol: cuNew | the NVIDIA driver is older than CUDA 11.4 (Error looking up function 'cuNew')
          Could not initialize class com.sun.jna.Native | the NVIDIA driver cannot be called (Could not initialize class com.sun.jna.Native)
          """)
  void saysShortlyWhyThereIsNone(String message, String reason) {
    assertThat(Driver.reason(message + "\nmore")).isEqualTo(reason);
  }
}
