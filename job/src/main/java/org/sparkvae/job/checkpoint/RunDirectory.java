package org.sparkvae.job.checkpoint;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkvae.archive.CheckpointFiles;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.reading.ConfigText;
import org.sparkvae.job.storage.AtomicFiles;
import org.sparkvae.job.storage.DirectoryContent;
import org.sparkvae.job.storage.FileContent;
import org.sparkvae.job.storage.LockOwner;
import org.sparkvae.job.storage.NamedFiles;
import org.sparkvae.job.storage.RunLock;
import org.sparkvae.job.storage.UnwritableException;

/**
 * The directory that holds all of a run, on any Hadoop file system; open, it belongs to this job
 * alone, by the file {@code _running}. A job that was killed gives it up at once where another
 * process of the same host, or another attempt of the same Spark application, opens it, and else
 * after a minute.
 *
 * <p>Everything in it is written beside its place and renamed into it, but for directories where
 * their rename is not atomic: those are whole where they have their last file. {@code _SUCCESS}
 * says that the whole pipeline is done, {@code checkpoints/_TRAINED} that training is, {@code
 * evaluation.parquet/_SUCCESS} that evaluation is, {@code analyse/_SUCCESS} that analyses are, and
 * {@code STAGE.json} that another stage is.
 */
public final class RunDirectory implements AutoCloseable {
  /** The image scores. */
  public static final String EVALUATION = "evaluation.parquet";

  /** A directory of the parts of a long evaluation that are done, until all are. */
  public static final String SLICES = "evaluation-slices";

  /** A row an epoch. */
  public static final String EPOCHS = "epochs.parquet";

  /** A copy of that for programs that read no Parquet. */
  public static final String EPOCHS_CSV = "epochs.csv";

  /** A copy of the image scores, likewise. */
  public static final String EVALUATION_CSV = "evaluation.csv";

  /** The results in numbers. */
  public static final String SUMMARY = "summary.json";

  /** A directory of PNG files. */
  public static final String PICTURES = "pictures";

  /** All of that on one page. */
  public static final String REPORT = "report.html";

  /** The images that were left out. */
  public static final String BAD_IMAGES = "bad-images.json";

  /** What the run's images are like. */
  public static final String IMAGES = "images.json";

  /** A directory of event files for TensorBoard. */
  public static final String TENSORBOARD = "tensorboard";

  /** What others were told of the run. */
  public static final String TRACKING = "tracking.json";

  private static final String EVALUATIONS = "evaluations";
  private static final String CONFIG = ConfigText.FILE;
  static final String CHECKPOINTS = CheckpointFiles.DIRECTORY;
  static final String TRAINED = CHECKPOINTS + "/" + CheckpointFiles.TRAINED;
  private static final String STARTED = "_started";
  private static final List<String> OF_TRAINING =
      List.of(
          TRAINED,
          SLICES,
          EVALUATIONS,
          AnalysisDirectory.NAME,
          AnalysisDirectory.KEPT,
          StageDirectory.KEPT,
          EPOCHS,
          EPOCHS_CSV,
          REPORT,
          BAD_IMAGES,
          IMAGES,
          TRACKING,
          TENSORBOARD,
          CHECKPOINTS,
          STARTED,
          CONFIG);

  /** Hexadecimal digits of a fingerprint in the name of an evaluation's directory. */
  private static final int DIGITS = 16;

  private final String application;
  private final LockedDirectory locked;
  private final Path root;
  private final AtomicFiles files;
  private final NamedFiles named;

  private RunDirectory(String application, LockedDirectory locked) {
    this.application = application;
    this.locked = locked;
    this.named = locked.named();
    this.root = named.root();
    this.files = named.files();
  }

  /**
   * Opens a run directory, making it where there is none, and clears up after a killed job.
   *
   * @param uri any Hadoop URI
   * @param hadoop the file systems' settings
   * @param application Spark's application id
   * @throws SettingsException where it cannot be used: it is in use, it holds something else, or
   *     the file system refuses
   */
  public static RunDirectory open(String uri, Configuration hadoop, String application) {
    return open(uri, hadoop, LockOwner.current(application), Clock.systemUTC());
  }

  static RunDirectory open(String uri, Configuration hadoop, LockOwner self, Clock clock) {
    return LockedDirectory.open(
        new LockedDirectory.Place("run.directory", uri, hadoop),
        self,
        clock,
        RunDirectory::requireRunOrEmpty,
        locked -> {
          RunDirectory directory = new RunDirectory(self.application(), locked);
          directory.evaluation().recover();
          directory.analyses().recover();
          directory.files.recover(new Path(directory.root, CHECKPOINTS));
          return directory;
        });
  }

  /** The directory's qualified path. */
  public Path path() {
    return root;
  }

  /** The configuration that the run was started with; none in a new directory. */
  public Optional<String> storedConfig() throws IOException {
    return text(CONFIG);
  }

  /** What a text file in UTF-8 holds; nothing where there is none. */
  public Optional<String> text(String name) throws IOException {
    return named.text(name);
  }

  /** What a file holds; nothing where there is none. */
  public Optional<byte[]> bytes(String name) throws IOException {
    return named.bytes(name);
  }

  /** Stores the configuration, in place of the one that is there, if any. */
  public void storeConfig(String config) {
    writeText(CONFIG, config);
  }

  /** Deletes all that belongs to a run, but nothing else, so that it can start anew. */
  public void clear() throws IOException {
    clear(files, root);
  }

  /** The run's own evaluation, in this directory. */
  public EvaluationDirectory evaluation() {
    return new EvaluationDirectory(named);
  }

  /**
   * Another evaluation of the run's model, or one of an earlier model of the run, in a directory of
   * its own in this one; clears up there after a killed job.
   *
   * @param fingerprint of the evaluation, in hexadecimal
   */
  public EvaluationDirectory evaluation(String fingerprint) throws IOException {
    Path place = new Path(root, EVALUATIONS + "/" + fingerprint.substring(0, DIGITS));
    EvaluationDirectory evaluation = new EvaluationDirectory(new NamedFiles(files, place));
    evaluation.recover();
    return evaluation;
  }

  /** What was found out about the run's model. */
  public AnalysisDirectory analyses() {
    return new AnalysisDirectory(named);
  }

  /** Where a stage writes what it makes with the run's model; clears up after a killed job. */
  public StageDirectory stage(String name) throws IOException {
    StageDirectory stage = new StageDirectory(named, name);
    stage.recover();
    return stage;
  }

  /** The pictures, to be read. */
  public StoredPictures pictures() {
    return new StoredPictures(named);
  }

  /** Whether there is anything to go on with: a first checkpoint, or results. */
  public boolean isBegun() throws IOException {
    return named.has(CHECKPOINTS) || isEvaluated() || isFinished();
  }

  /** Whether it holds no run, but a config.conf that is somebody's own. */
  boolean isSomebodysOwn() throws IOException {
    boolean ours = named.has(STARTED) || named.has(EVALUATION) || isBegun();
    return !ours && storedConfig().filter(text -> !ConfigText.isOne(text)).isPresent();
  }

  /** Says that this application started the run. */
  void markStarted() {
    writeText(STARTED, application);
  }

  /**
   * Whether this application started the run, in this attempt or one before, and it is not done.
   */
  boolean isStartedHere() throws IOException {
    return text(STARTED).filter(application::equals).isPresent();
  }

  /** Whether the whole pipeline is done. */
  public boolean isFinished() throws IOException {
    return evaluation().isFinished();
  }

  /** Says that the whole pipeline is done. */
  public void markFinished() throws IOException {
    evaluation().markFinished();
    files.delete(new Path(root, STARTED));
  }

  /** Whether training is done. */
  public boolean isTrained() throws IOException {
    return named.has(TRAINED);
  }

  /**
   * Says that training is done.
   *
   * @param epoch whose checkpoint has the model
   */
  public void markTrained(int epoch) {
    writeText(TRAINED, CheckpointFiles.name(epoch) + "\n");
  }

  /** Takes that back, where the trained model is lost. */
  public void unmarkTrained() throws IOException {
    files.delete(new Path(root, TRAINED));
  }

  /** Whether evaluation is done. */
  public boolean isEvaluated() throws IOException {
    return evaluation().isEvaluated();
  }

  /**
   * The checkpoints.
   *
   * @param keep how many of the last are kept, beside the best
   * @param warnings is told of each checkpoint that is passed over
   */
  public CheckpointStore checkpoints(int keep, Consumer<String> warnings) {
    return new CheckpointStore(files, new Path(root, CHECKPOINTS), keep, warnings);
  }

  /**
   * Writes a file, in place of the one that is there; the name may hold one directory.
   *
   * @throws UnwritableException where the store does not take it
   */
  public void write(String name, FileContent content) {
    named.write(name, content);
  }

  /** Writes a text file in UTF-8, in place of the one that is there. */
  public void writeText(String name, String text) {
    named.writeText(name, text);
  }

  /**
   * Writes a directory, in place of the one that is there.
   *
   * @param content writes to the path it is given, which does not exist yet
   * @throws UnwritableException where the store does not take it, in this process or in a task
   */
  public void writeDirectory(String name, DirectoryContent content) {
    named.writeDirectory(name, content);
  }

  /** Gives the directory back. */
  @Override
  public void close() throws IOException {
    locked.close();
  }

  static void clear(AtomicFiles files, Path root) throws IOException {
    // The markers go first and config.conf last: killed between, it is an unfinished run still.
    NamedFiles named = new NamedFiles(files, root);
    new EvaluationDirectory(named).discard();
    for (String stage : JobSettings.APPLICATIONS) {
      new StageDirectory(named, stage).discard();
    }
    // Those of analyses too.
    named.delete(PICTURES);
    for (String name : OF_TRAINING) {
      named.delete(name);
    }
  }

  static FileSystem fileSystem(Path path, Configuration hadoop) throws IOException {
    FileSystem fileSystem = path.getFileSystem(hadoop);
    // Without Hadoop's .crc files, which a rename would have to carry along one by one.
    return fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
  }

  private static void requireRunOrEmpty(FileSystem fileSystem, Path root) throws IOException {
    Path config = new Path(root, CONFIG);
    if (fileSystem.exists(config) || fileSystem.exists(AtomicFiles.old(config))) {
      return;
    }
    for (FileStatus entry : fileSystem.listStatus(root)) {
      String name = entry.getPath().getName();
      if (!name.equals(RunLock.NAME) && !AtomicFiles.isLeftover(name)) {
        throw new SettingsException(
            "run.directory %s holds no run but other files, such as %s: choose another directory"
                .formatted(root, name));
      }
    }
  }

  static String firstLine(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse("");
  }
}
