package org.sparkvae.job.train;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.dl4j.Optimiser;
import org.sparkvae.dl4j.OptimiserSpec;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.checkpoint.CheckpointStore;
import org.sparkvae.job.checkpoint.OtherRun;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.vae.NetworkSpec;
import org.sparkvae.vae.VaeSpec;

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
  public static StartPoint of(OtherRun run, VaeSpec spec, TrainingSettings training) {
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
    INDArray state = VaeNetwork.optimiserState(network);
    if (state != null) {
      state.assign(VaeNetwork.optimiserState(model.network()));
      long before = VaeNetwork.objective(model.network()).trainingImages();
      long now = VaeNetwork.objective(network).trainingImages();
      Optimiser.rescale(VaeNetwork.optimiser(network), state, (double) now / before);
    }
    return model.state().step();
  }

  /** As the console tells it. */
  @Override
  public String toString() {
    return "Starting from epoch %d of %s%s"
        .formatted(
            model.state().epoch(), run.path(), withOptimiser ? ", with its optimiser's state" : "");
  }

  private static void requireSameShape(OtherRun run, VaeSpec there, VaeSpec here) {
    List<String> differences = new ArrayList<>();
    compare(differences, "values per image", there.pixels(), here.pixels());
    compare(differences, "model.latent", there.latent(), here.latent());
    compare(differences, "model.encoder", there.encoder(), here.encoder());
    compare(differences, "model.decoder", there.decoder(), here.decoder());
    compare(differences, "model.likelihood", there.likelihood(), here.likelihood());
    if (!differences.isEmpty()) {
      throw run.refused(
          "holds another model (%s): set the model and the images like that run's"
              .formatted(String.join("; ", differences)));
    }
  }

  private static void compare(
      List<String> differences, String name, NetworkSpec there, NetworkSpec here) {
    compare(differences, name + ".hidden", there.hidden(), here.hidden());
    compare(differences, name + ".activation", there.activation(), here.activation());
  }

  private static void compare(List<String> differences, String name, Object there, Object here) {
    if (!there.equals(here)) {
      differences.add("%s: %s there, %s here".formatted(name, there, here));
    }
  }

  private static void requireSameKind(OtherRun run, OptimiserSpec there, OptimiserSpec here) {
    boolean same =
        there.getClass().equals(here.getClass())
            && Optimiser.stateLength(there, 1) == Optimiser.stateLength(here, 1);
    if (!same) {
      throw run.refused(
          "was trained with another optimiser (%s there, %s here): set training.optimiser like that run's, or training.start-from-optimiser = false"
              .formatted(kind(there), kind(here)));
    }
  }

  private static String kind(OptimiserSpec optimiser) {
    if (optimiser instanceof OptimiserSpec.Sgd sgd) {
      return sgd.momentum() == 0 ? "sgd" : "sgd with momentum";
    }
    return "adam";
  }
}
