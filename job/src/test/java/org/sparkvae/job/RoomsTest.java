package org.sparkvae.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds every package of the project, a room, to what its {@code package-info.java} says that it
 * may use, to a size that one can know, and to arrows that run one way.
 *
 * <p>"May use {@code a}, {@code b.c}." names rooms of the project: in the job below {@code
 * org.sparkvae.job} or, where there is none of that name, and in the model below {@code
 * org.sparkvae}. A name stands for that room alone, not for those below it. What follows a
 * semicolon is no part of the list.
 */
class RoomsTest {
  private static final int MOST_FILES = 30;
  private static final String MODEL = "org.sparkvae";
  private static final String JOB = MODEL + ".job";
  private static final List<Path> SOURCES =
      List.of(Path.of("src", "main", "java"), Path.of("..", "model", "src", "main", "java"));

  private static final Pattern CODE = Pattern.compile("\\{@code\\s+([\\w.]+)}");
  private static final Pattern MAY_USE =
      Pattern.compile("May use ((?:\\{@code [^}]*}|[^.;{])*)[.;]");
  private static final Pattern NOTHING =
      Pattern.compile("uses nothing else of the project", Pattern.CASE_INSENSITIVE);
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");
  private static final Pattern CLASS =
      Pattern.compile("\\b(org\\.sparkvae(?:\\.[a-z]\\w*)*)\\.[A-Z]");

  /**
   * A package.
   *
   * @param says its {@code package-info.java} in one line; empty where it has none
   * @param uses the packages of the project that each of its files names, itself among them
   */
  private record Room(String name, String says, SortedMap<String, Set<String>> uses) {
    Set<String> usesOthers() {
      Set<String> others = new TreeSet<>();
      uses.values().forEach(others::addAll);
      others.remove(name);
      return others;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final SortedMap<String, Room> ALL = read();

  @Test
  void aRoomUsesOnlyWhatItSays() {
    List<String> wrong = new ArrayList<>();
    for (Room room : ALL.values()) {
      Set<String> allowed = new TreeSet<>(Set.of(room.name()));
      listed(room.says()).forEach(name -> allowed.add(resolve(room, name)));
      room.uses()
          .forEach(
              (file, used) ->
                  used.stream()
                      .filter(other -> !allowed.contains(other))
                      .forEach(other -> wrong.add(room.name() + "." + file + " uses " + other)));
    }
    assertThat(wrong).as("imports that package-info.java does not allow").isEmpty();
  }

  @Test
  void everyRoomSaysWhatItMayUse() {
    assertThat(ALL.values())
        .allSatisfy(
            room ->
                assertThat(
                        MAY_USE.matcher(room.says()).find() || NOTHING.matcher(room.says()).find())
                    .as("package-info.java of %s says \"May use ...\"", room.name())
                    .isTrue());
  }

  @Test
  void everyNameIsARoom() {
    for (Room room : ALL.values()) {
      assertThat(listed(room.says()))
          .as("what %s may use", room.name())
          .allSatisfy(name -> assertThat(ALL).containsKey(resolve(room, name)));
    }
  }

  @Test
  void noRoomIsTooLargeToKnow() {
    assertThat(ALL.values())
        .allSatisfy(
            room ->
                assertThat(room.uses().keySet())
                    .as("files of %s", room.name())
                    .hasSizeLessThanOrEqualTo(MOST_FILES));
  }

  @Test
  void arrowsRunOneWay() {
    List<List<String>> cycles = new ArrayList<>();
    Set<String> done = new TreeSet<>();
    ALL.values().forEach(room -> follow(room.name(), new LinkedHashSet<>(), done, cycles));
    assertThat(cycles).as("rooms that use each other").isEmpty();
  }

  @Test
  void namesAreThoseOfTheSentence() {
    assertThat(
            listed("Shards. May use {@code a}, {@code b.c} for tasks, Spark; knows no {@code d}."))
        .containsExactly("a", "b.c");
    assertThat(listed("Sums. May use Spark alone. See {@code a}.")).isEmpty();
  }

  private static void follow(
      String name, LinkedHashSet<String> path, Set<String> done, List<List<String>> cycles) {
    if (!path.add(name)) {
      cycles.add(path.stream().dropWhile(first -> !first.equals(name)).toList());
      return;
    }
    if (done.add(name) && ALL.containsKey(name)) {
      ALL.get(name).usesOthers().forEach(next -> follow(next, path, done, cycles));
    }
    path.remove(name);
  }

  /** The names in {@code ...} of the sentence that tells what a room may use. */
  private static List<String> listed(String says) {
    return MAY_USE
        .matcher(says)
        .results()
        .flatMap(sentence -> CODE.matcher(sentence.group(1)).results())
        .map(code -> code.group(1))
        .toList();
  }

  /** The room that a room means by a name. */
  private static String resolve(Room room, String name) {
    String ofJob = JOB + "." + name;
    return room.name().startsWith(JOB) && ALL.containsKey(ofJob) ? ofJob : MODEL + "." + name;
  }

  private static SortedMap<String, Room> read() {
    SortedMap<String, Room> rooms = new TreeMap<>();
    for (Path source : SOURCES) {
      try (Stream<Path> files = Files.walk(source)) {
        Map<Path, List<Path>> byFolder =
            files
                .filter(file -> file.toString().endsWith(".java"))
                .collect(Collectors.groupingBy(Path::getParent));
        for (Map.Entry<Path, List<Path>> folder : byFolder.entrySet()) {
          String name = source.relativize(folder.getKey()).toString().replace('/', '.');
          rooms.put(name, room(name, folder.getValue()));
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return rooms;
  }

  private static Room room(String name, List<Path> files) throws IOException {
    String says = "";
    SortedMap<String, Set<String>> uses = new TreeMap<>();
    for (Path file : files) {
      String text = Files.readString(file);
      if (file.endsWith("package-info.java")) {
        says = text.replaceAll("\\n \\*", " ").replaceAll("\\s+", " ");
      } else {
        Set<String> used =
            CLASS
                .matcher(COMMENT.matcher(text).replaceAll(""))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        uses.put(file.getFileName().toString(), used);
      }
    }
    return new Room(name, says, uses);
  }
}
