package org.sparkvae.device.cuda;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sparkvae.device.Device;
import org.sparkvae.device.DeviceException;
import org.sparkvae.device.DeviceMemoryException;
import org.sparkvae.device.Precision;

/**
 * Finds the cuBLAS of a card: the first that multiplies rightly there, as one may be newer than the
 * driver, or have no code for the card any more. All streams of the card have the same.
 */
final class CuBlasSearch {
  private static final List<String> NAMES =
      List.of("libcublas.so.13", "libcublas.so.12", "libcublas.so.11", "libcublas.so");

  /** A library and what it was tried with. */
  private record Found(NativeLibrary library, CuBlas products) {}

  private boolean over;
  private Optional<NativeLibrary> library = Optional.empty();

  /**
   * The library on a stream of the calling thread, whose work is not being recorded.
   *
   * @throws DeviceMemoryException where the card has no memory for it
   */
  synchronized Optional<CuBlas> open(Device device, Pointer stream, Precision precision) {
    if (over) {
      return library.map(known -> CuBlas.open(known, device, stream, precision));
    }
    Optional<Found> found =
        first(places(System.getenv()), place -> tried(place, device, stream, precision));
    library = found.map(Found::library);
    over = true;
    return found.map(Found::products);
  }

  /** What the loader finds by name, then files of toolkits that it may not have been told of. */
  static List<String> places(Map<String, String> environment) {
    List<String> places = new ArrayList<>(NAMES);
    Stream.of(environment.get("CUDA_HOME"), environment.get("CUDA_PATH"), "/usr/local/cuda")
        .filter(home -> home != null && home.startsWith("/"))
        .distinct()
        .forEach(home -> NAMES.forEach(name -> places.add(home + "/lib64/" + name)));
    return places;
  }

  /** The first that opens; a lack of memory is no reason for another. */
  static <T> Optional<T> first(List<String> places, Function<String, T> open) {
    for (String place : places) {
      try {
        return Optional.of(open.apply(place));
      } catch (DeviceMemoryException e) {
        throw e;
      } catch (UnsatisfiedLinkError | DeviceException e) {
        // The next one.
      }
    }
    return Optional.empty();
  }

  private static Found tried(String place, Device device, Pointer stream, Precision precision) {
    if (place.startsWith("/")) {
      // It needs this one, which the loader may not find either.
      NativeLibrary.getInstance(place.replace("/libcublas.so", "/libcublasLt.so"));
    }
    NativeLibrary library = NativeLibrary.getInstance(place);
    CuBlas products = CuBlas.open(library, device, stream, precision);
    try {
      Trial.run(products, device);
    } catch (DeviceException e) {
      products.close();
      throw e;
    }
    return new Found(library, products);
  }
}
