package org.sparkvae.job.data;

import static org.sparkvae.job.fixtures.DataFixtures.write;
import static org.sparkvae.job.fixtures.Pictures.encode;
import static org.sparkvae.job.fixtures.Pictures.grey;
import static org.sparkvae.job.fixtures.Pictures.png;
import static org.sparkvae.job.fixtures.Pictures.samples;
import static org.sparkvae.job.fixtures.RawPng.GREY;
import static org.sparkvae.job.fixtures.RawPng.PALETTE;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.sparkvae.job.data.InputCase.Bad;
import org.sparkvae.job.data.InputCase.Read;
import org.sparkvae.job.data.InputCase.Refused;
import org.sparkvae.job.fixtures.Bombs;
import org.sparkvae.job.fixtures.Jpegs;
import org.sparkvae.job.fixtures.RawPng;
import org.sparkvae.job.settings.Colour;
import org.sparkvae.job.settings.ImageSource;

/** Folders of the grey images a.png (1 2 3 4) and z.png (5 6 7 8), and something between them. */
final class FolderCases {
  private static final byte[] GOOD = png(grey(2, 2, 9, 10, 11, 12));
  private static final String WITHOUT = "0: 1 2 3 4, 2: 5 6 7 8";
  private static final String UNTOUCHED = "0: 1 2 3 4, 1: 5 6 7 8";

  private FolderCases() {}

  static Stream<InputCase> all() {
    return Stream.of(unusual(), damaged(), greedy(), names(), links()).flatMap(c -> c);
  }

  /** Formats that are read, or cannot be. */
  private static Stream<InputCase> unusual() {
    BufferedImage argb = new BufferedImage(2, 2, BufferedImage.TYPE_INT_ARGB);
    argb.setRGB(0, 0, 2, 2, new int[] {0xff0000ff, 0x80ffffff, 0x00ffffff, 0xffffffff}, 0, 2);
    BufferedImage deep = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
    BufferedImage rgb = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    byte[] plte = {0, 0, 0, 90, 90, 90, (byte) 255, 0, 0};
    return Stream.of(
        reads("16 bits", png(samples(deep, 0, 257, 12850, 65535)), "0 1 50 255"),
        reads("alpha, on black", png(argb), "29 128 0 255"),
        reads("palette", indexed(8, plte).rows(0, 0, 1, 0, 2, 1), "0 90 76 90"),
        reads("index beyond the palette", indexed(8, plte).rows(0, 0, 1, 0, 2, 3), "0 90 76 0"),
        reads("1 bit", new RawPng(2, 2, 1, GREY, 0).rows(0, 0x40, 0, 0x80), "0 255 255 0"),
        reads(
            "grey and alpha",
            new RawPng(2, 2, 8, 4, 0).rows(0, 200, 255, 200, 51, 0, 200, 0, 7, 255),
            "200 40 0 7"),
        reads("interlaced", new RawPng(2, 2, 8, GREY, 1).rows(0, 1, 0, 2, 0, 3, 4), "1 2 3 4"),
        reads("colour", png(samples(rgb, 255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9)), "76 150 29 9"),
        reads("rubbish after the end", Arrays.copyOf(GOOD, GOOD.length + 99), "9 10 11 12"),
        reads("JPEG named .png", Jpegs.grey(2, 2), "128 128 128 128"),
        reads("progressive JPEG", Jpegs.progressive(2, 2), "128 128 128 128"),
        new InputCase(
            "JPEG that Exif turns, as stored",
            dir -> alone(dir, "a.jpg", Jpegs.turned(4, 1)),
            new Read("0: 128 128 128 128")),
        new InputCase(
            "a single pixel", dir -> alone(dir, "a.png", png(grey(1, 1, 7))), new Read("0: 7")),
        bad("CMYK JPEG", Jpegs.cmyk(2, 2), "has four colour channels (CMYK); convert it to RGB"),
        bad("animated GIF", "GIF89a\2\0\2\0".getBytes(), "is neither PNG nor JPEG"),
        bad("BMP", encode(rgb, "bmp"), "is neither PNG nor JPEG"),
        bad("text", "a picture".getBytes(), "is neither PNG nor JPEG"),
        bad("no bytes", new byte[0], "is empty"),
        new InputCase(
            "other size",
            dir -> among(dir, "m.png", png(grey(3, 1, 1, 2, 3))),
            Bad.ofAnotherSize("DIR/m.png", "has 3x1 pixels where DIR/a.png has 2x2", WITHOUT)));
  }

  private static Stream<InputCase> damaged() {
    byte[] flipped = GOOD.clone();
    flipped[flipped.length - 20] ^= 1;
    byte[] noise = encode(grey(64, 64, new Random(1).ints(4096, 0, 256).toArray()), "jpeg");
    return Stream.of(
        bad("PNG signature only", Arrays.copyOf(GOOD, 20), undecodable("it ends too early")),
        bad("PNG cut off", Arrays.copyOf(GOOD, GOOD.length - 20), "is truncated"),
        bad("flipped bit", flipped, "is corrupt: wrong checksum of its IDAT chunk"),
        bad("too few rows", greyOf(8).rows(0, 1, 2), undecodable("it ends too early")),
        bad(
            "no deflate stream",
            greyOf(8).data((byte) 1, (byte) 2, (byte) 3),
            undecodable("incorrect header check")),
        bad(
            "unknown filter",
            greyOf(8).rows(9, 1, 2, 9, 3, 4),
            undecodable("Unknown row filter type (= 9)!")),
        bad(
            "no palette",
            new RawPng(2, 2, 8, PALETTE, 0).rows(0, 0, 0, 0, 0, 0),
            undecodable("Required PLTE chunk missing")),
        bad(
            "5 bits",
            greyOf(5).rows(0, 0, 0, 0),
            undecodable("Bit depth must be 1, 2, 4, 8, or 16!")),
        bad(
            "JPEG markers only",
            new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9},
            "cannot be decoded as JPEG: No image data present to read"),
        new InputCase(
            "JPEG cut off",
            dir -> {
              write(dir.resolve("a.jpg"), Jpegs.grey(64, 64));
              return alone(dir, "b.jpg", Arrays.copyOf(noise, noise.length / 2));
            },
            new Bad(
                "DIR/b.jpg",
                "is damaged: Truncated File - Missing EOI marker",
                "0:" + " 128".repeat(64 * 64))));
  }

  /** Little that asks for much: none of them may be unpacked. */
  private static Stream<InputCase> greedy() {
    byte[] text = new byte[3 + (8 << 20)];
    byte[] zlib = Bombs.zlib(6_000);
    System.arraycopy(zlib, 0, text, 3, zlib.length);
    text[0] = 'a';
    return Stream.of(
        large(
            "PNG of 60,000 x 60,000",
            new RawPng(60_000, 60_000, 8, GREY, 0).data(zlib),
            "60000x60000"),
        large(
            "PNG of 2^31 - 1 x 1",
            new RawPng(Integer.MAX_VALUE, 1, 16, 6, 0).data(zlib),
            "2147483647x1"),
        bad("PNG of 0 x 0", new RawPng(0, 0, 8, GREY, 0).data(), undecodable("Image width <= 0!")),
        large(
            "JPEG of 65,500 x 65,500",
            Jpegs.resized(Jpegs.grey(2, 2), 65_500, 65_500),
            "65500x65500"),
        bad(
            "JPEG of 10,000 scans",
            Jpegs.scanned(Jpegs.progressive(2, 2), 10_000),
            "has over 100 scans"),
        reads("6 GB behind the pixels", greyOf(8).data(zlib), "0 0 0 0"),
        reads(
            "6 GB of text",
            indexed(8, new byte[3]).chunk("zTXt", text).rows(0, 0, 0, 0, 0, 0),
            "0 0 0 0"),
        new InputCase(
            "file of 64 GB",
            dir -> sparse(dir, 1L << 36),
            new Bad("DIR/m.png", "has 68719476736 bytes, more than an image needs", WITHOUT)));
  }

  private static Stream<InputCase> names() {
    return Stream.concat(
        Stream.of(
                "ü 画像 🙂.png",
                "m m.png",
                "m%20%.png",
                "m#1?x=y.png",
                "m:n.png",
                "m\nn.png",
                "[m]{n}*.png",
                "m\\n.png",
                "m.JPEG")
            .map(
                name ->
                    new InputCase(
                        "named " + name,
                        dir -> among(dir, "b/" + name, GOOD),
                        new Read("0: 1 2 3 4, 1: 9 10 11 12, 2: 5 6 7 8"))),
        Stream.of(
            new InputCase(
                "bad, with a line break in its name",
                dir -> among(dir, "m\nn.png", new byte[0]),
                new Bad("DIR/m\nn.png", "is empty", WITHOUT)),
            new InputCase("hidden", dir -> among(dir, ".m.png", GOOD), new Read(UNTOUCHED)),
            new InputCase(
                "in a hidden folder",
                dir -> among(dir, ".b/m.png", new byte[0]),
                new Read(UNTOUCHED)),
            new InputCase(
                "not named as an image", dir -> among(dir, "m.txt", GOOD), new Read(UNTOUCHED)),
            new InputCase(
                "folder named as an image",
                dir -> among(dir, "m.png/n.txt", GOOD),
                new Read(UNTOUCHED))));
  }

  private static Stream<InputCase> links() {
    return Stream.of(
        new InputCase(
            "link to an image",
            dir -> linked(dir, "m.png", "a.png"),
            new Read("0: 1 2 3 4, 1: 1 2 3 4, 2: 5 6 7 8")),
        new InputCase(
            "link to nothing",
            dir -> linked(dir, "m.png", "nothing"),
            new Bad("DIR/m.png", "cannot be opened: File DIR/m.png does not exist", WITHOUT)),
        new InputCase(
            "link to itself",
            dir -> linked(dir, "m.png", "m.png"),
            new Bad("DIR/m.png", "cannot be opened: File DIR/m.png does not exist", WITHOUT)),
        new InputCase(
            "link to what never ends",
            dir -> linked(dir, "m.png", "/dev/zero"),
            new Bad("DIR/m.png", "is empty", WITHOUT)),
        new InputCase(
            "loop of links",
            dir -> linked(dir, "b/c/d", "../.."),
            new Refused("DIR/b/c/d: is a symbolic link to a folder above it; remove the link")),
        new InputCase(
            "hidden loop of links", dir -> linked(dir, "b/.c", ".."), new Read(UNTOUCHED)));
  }

  private static InputCase reads(String name, byte[] bytes, String pixels) {
    return new InputCase(
        name,
        dir -> among(dir, "m.png", bytes),
        new Read("0: 1 2 3 4, 1: " + pixels + ", 2: 5 6 7 8"));
  }

  private static InputCase bad(String name, byte[] bytes, String reason) {
    return new InputCase(
        name, dir -> among(dir, "m.png", bytes), new Bad("DIR/m.png", reason, WITHOUT));
  }

  private static InputCase large(String name, byte[] bytes, String size) {
    String reason =
        "its header says " + size + ", more than 134 million values, pixels times channels";
    return new InputCase(
        name,
        dir -> among(dir, "m.png", bytes),
        new Bad("DIR/m.png", reason, WITHOUT, "scale it down or remove it"));
  }

  private static String undecodable(String reason) {
    return "cannot be decoded as PNG: " + reason;
  }

  private static RawPng greyOf(int bits) {
    return new RawPng(2, 2, bits, GREY, 0);
  }

  private static RawPng indexed(int bits, byte[] palette) {
    return new RawPng(2, 2, bits, PALETTE, 0).chunk("PLTE", palette);
  }

  private static ImageSource among(Path dir, String name, byte[] bytes) {
    write(dir.resolve("a.png"), png(grey(2, 2, 1, 2, 3, 4)));
    write(dir.resolve("z.png"), png(grey(2, 2, 5, 6, 7, 8)));
    return alone(dir, name, bytes);
  }

  private static ImageSource alone(Path dir, String name, byte[] bytes) {
    write(dir.resolve(name), bytes);
    return new ImageSource.Folder(dir.toString(), "", Colour.GREY, 0);
  }

  private static ImageSource linked(Path dir, String name, String target) {
    ImageSource source = among(dir, "z.png", png(grey(2, 2, 5, 6, 7, 8)));
    try {
      Files.createDirectories(dir.resolve(name).getParent());
      Files.createSymbolicLink(dir.resolve(name), Path.of(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return source;
  }

  private static ImageSource sparse(Path dir, long length) {
    ImageSource source = among(dir, "m.png", new byte[0]);
    try (RandomAccessFile file = new RandomAccessFile(dir.resolve("m.png").toFile(), "rw")) {
      file.setLength(length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return source;
  }
}
