package org.sparkvae.job.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.checkpoint.CheckpointStore;
import org.sparkvae.job.checkpoint.OtherRun;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.kinds.Differences;
import org.sparkvae.kinds.Names;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.vae.ImageModel;

/** Another run's model, which training begins with, and its optimiser's state where asked. */
public final class StartPoint implements Beginning {
  private final OtherRun run;
  private final CheckpointStore.Restored model;
  private final boolean withOptimiser;

  private StartPoint(OtherRun run, CheckpointStore.Restored model, boolean withOptimiser) {
    this.run = run;
    this.model = model;
    this.withOptimiser = withOptimiser;
  }

  /**
   * The model that a run was trained to, or has come to.
   *
   * @param spec of the model that is to begin with it
   * @throws SettingsException where there is no such model, it is of another shape, or its
   *     optimiser's state is asked for and of another kind
   */
  public static StartPoint of(OtherRun run, ImageModel spec, TrainingSettings training) {
    CheckpointStore.Restored model = run.model();
    requireSameShape(run, VaeNetwork.spec(model.network()), spec);
    boolean withOptimiser = training.startFrom().optimiser();
    if (withOptimiser) {
      requireSameKind(run, VaeNetwork.optimiser(model.network()), training.optimiser());
    }
    return new StartPoint(run, model, withOptimiser);
  }

  @Override
  public long set(MultiLayerNetwork network) {
    VaeNetwork.parameters(network).assign(VaeNetwork.parameters(model.network()));
    if (!withOptimiser) {
      return 0;
    }
    CarriedState.between(model.network(), network);
    return model.state().step();
  }

  /** As the console tells it. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Starting from epoch %d of %s%s",
        model.state().epoch(),
        run.path(),
        withOptimiser ? ", with its optimiser's state" : "");
  }

  private static void requireSameShape(OtherRun run, ImageModel there, ImageModel here) {
    List<String> differences = new ArrayList<>();
    if (there.x().values() != here.x().values()) {
      differences.add(
          "values per image: %s there, %s here".formatted(there.x().values(), here.x().values()));
    }
    differences.addAll(Differences.of("model", there.model(), here.model()));
    if (!differences.isEmpty()) {
      throw run.refused(
          "holds another model (%s): set the model and the images like that run's"
              .formatted(String.join("; ", differences)));
    }
  }

  private static void requireSameKind(OtherRun run, Optimiser there, Optimiser here) {
    boolean sameKind = there.getClass().equals(here.getClass());
    if (!sameKind || there.moments() != here.moments()) {
      String state = sameKind ? " of %d moments" : "";
      throw run.refused(
          "was trained with another optimiser (%s there, %s here): set training.optimiser like that run's, or training.start-from-optimiser = false"
              .formatted(
                  Names.of(there.getClass()) + state.formatted(there.moments()),
                  Names.of(here.getClass()) + state.formatted(here.moments())));
    }
  }
}
