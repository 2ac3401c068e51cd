package org.sparkvae.job.runs;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * A file system of a few megabytes in memory, mounted by a shell with a user and mount namespace of
 * its own, so that nobody needs to be root and nothing is left behind.
 */
final class SmallDisk implements AutoCloseable {
  private final Process shell;
  private final PrintWriter commands;
  private final BufferedReader answers;
  private final Path mounted;

  /** Mounts it on a folder; skips the test where the system does not allow that. */
  SmallDisk(Path folder, int mebibytes) throws IOException {
    Process process;
    try {
      process =
          new ProcessBuilder("unshare", "--user", "--map-root-user", "--mount", "sh")
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      process = new ProcessBuilder("false").start();
    }
    mounted = folder;
    shell = process;
    commands = new PrintWriter(shell.outputWriter(), true);
    answers = shell.inputReader();
    String answer = answer("mount -t tmpfs -o size=%dm none '%s'".formatted(mebibytes, folder));
    assumeThat(answer).as("a mount in a user namespace").isEqualTo("0");
  }

  /** Where other processes find it. */
  Path fromOutside() {
    return Path.of("/proc/" + shell.pid() + "/root" + mounted);
  }

  /** What is to go before a command that finds it in the folder. */
  List<String> enter() {
    return List.of(
        "nsenter", "--preserve-credentials", "--user", "--mount", "--target", "" + shell.pid());
  }

  void readOnly() throws IOException {
    remount("ro");
  }

  void writable() throws IOException {
    remount("rw");
  }

  private void remount(String mode) throws IOException {
    String answer = answer("mount -o remount,%s '%s'".formatted(mode, mounted));
    if (!"0".equals(answer)) {
      throw new IOException("mount -o remount," + mode + ": " + answer);
    }
  }

  /** Runs a command; its exit status, or what it says. */
  private String answer(String command) throws IOException {
    commands.println(command + "; echo $?");
    return answers.readLine();
  }

  @Override
  public void close() {
    commands.close();
    shell.destroyForcibly();
  }
}
