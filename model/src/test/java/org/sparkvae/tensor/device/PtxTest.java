package org.sparkvae.tensor.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.Ptx;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;
import org.sparkvae.estimator.Estimator;
import org.sparkvae.estimator.Reparameterised;
import org.sparkvae.estimator.StickingTheLanding;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.objective.ObjectiveLimits;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.device.kernel.ElementKernels;
import org.sparkvae.tensor.device.kernel.NoiseKernels;
import org.sparkvae.tensor.device.kernel.ProductKernel;
import org.sparkvae.tensor.device.kernel.SumKernels;
import org.sparkvae.tensor.device.kernel.TileFusion;
import org.sparkvae.tensor.device.kernel.TileProduct;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.tensor.kernels.Backend;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;

/** NVIDIA's own assembler takes every kernel, where there is one. */
class PtxTest {
  private static final Elbo BOUND = new Elbo(3, Elbo.Kl.ANALYTIC);

  @TempDir private Path folder;

  @AfterEach
  void unbind() {
    Backend.use((Kernels) null);
  }

  @Test
  void everyKernelAssembles() throws Exception {
    List<String> cards = cards();
    Assumptions.assumeFalse(cards.isEmpty(), "no ptxas is on the path: nothing was assembled");
    Set<Kernel> kernels = kernels();
    assertThat(kernels).hasSizeGreaterThan(50);
    int number = 0;
    for (Kernel kernel : kernels) {
      Path text = folder.resolve(number++ + ".ptx");
      Files.writeString(text, Ptx.of(kernel));
      for (String card : cards) {
        assertThat(ptxas("-arch=" + card, "-o", "/dev/null", text.toString()))
            .as("%s for %s", text, card)
            .isEmpty();
      }
    }
  }

  /** The first and the last that the assembler compiles for, without variants; none without it. */
  private List<String> cards() throws InterruptedException {
    try {
      List<String> all =
          ptxas("--help")
              .lines()
              .flatMap(line -> Arrays.stream(line.split("[^a-z0-9_]+")))
              .filter(word -> word.matches("sm_[0-9]+"))
              .distinct()
              .sorted(Comparator.comparing(card -> Integer.valueOf(card.substring(3))))
              .toList();
      List<String> known = new ArrayList<>();
      Path text = Files.writeString(folder.resolve("one.ptx"), Ptx.of(SumKernels.squares()));
      for (String card : all) {
        // The help names some that are gone.
        if (!ptxas("-arch=" + card, "-o", "/dev/null", text.toString()).contains(card)) {
          known.add(card);
        }
      }
      return List.of(known.get(0), known.get(known.size() - 1));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String ptxas(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ptxas"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }

  /** More parameters than the first cards take. */
  private static Kernel ofManyArrays() {
    KernelBuilder kernel = new KernelBuilder("sum", 1);
    Value zero = kernel.number(0);
    Value sum = kernel.variable(kernel.number(Type.F32, 0));
    GlobalArray last = kernel.array(Type.F32);
    for (int i = 0; i < 4000; i++) {
      last = kernel.array(Type.F32);
      kernel.add(sum, last.load(zero));
    }
    last.store(zero, sum);
    return kernel.build();
  }

  /** The products of every form: those of models here are small. */
  private static List<Kernel> products() {
    List<Kernel> all = new ArrayList<>();
    for (int form = 0; form < 8; form++) {
      boolean transposeA = (form & 1) != 0;
      boolean transposeB = (form & 2) != 0;
      boolean adds = (form & 4) != 0;
      all.add(new ProductKernel(transposeA, transposeB, adds, false).build());
      all.add(new ProductKernel(transposeA, transposeB, adds, true).build());
      for (int k : new int[] {1, 65, 257}) {
        TileFusion alone = new TileFusion.None();
        all.add(TileProduct.of(transposeA, transposeB, adds, k, alone).build());
      }
    }
    all.add(RoundedFactors.round());
    all.add(ProductKernel.sum(false));
    all.add(ProductKernel.sum(true));
    return all;
  }

  private static Set<Kernel> kernels() {
    SimulatedDevice device = new SimulatedDevice(1L << 30);
    DeviceKernels kernels = new DeviceKernels(device);
    Backend.use(kernels);
    for (ImageModel spec : ModelCases.specs()) {
      step(spec, BOUND, new Reparameterised());
      step(spec, new Elbo(1, Elbo.Kl.MONTE_CARLO), new StickingTheLanding());
    }
    for (Bound bound : ModelCases.bounds()) {
      step(ModelCases.specs().get(0), bound, new Reparameterised());
    }
    Set<Kernel> all = new LinkedHashSet<>(device.kernels());
    for (Activation f : Activation.values()) {
      all.add(ElementKernels.activate(f));
      all.add(ElementKernels.activateBackward(f));
    }
    all.add(ElementKernels.adam());
    all.add(ElementKernels.adamax());
    all.add(ElementKernels.momentum());
    all.add(ElementKernels.scaleRows());
    all.add(SumKernels.squares());
    all.add(NoiseKernels.coins());
    all.add(NoiseKernels.shares());
    all.add(NormKernels.sums());
    all.add(NormKernels.divide());
    all.add(ofManyArrays());
    all.addAll(products());
    all.add(DeviceMeans.weightedMean());
    return all;
  }

  /** Differentiates once, where the model can be trained so. */
  private static void step(ImageModel spec, Bound bound, Estimator estimator) {
    if (ObjectiveLimits.of(spec.model(), bound, estimator).isEmpty()) {
      INDArray parameters = ModelCases.parameters(spec, DataType.FLOAT, 11);
      INDArray gradient = Nd4j.create(DataType.FLOAT, parameters.length());
      ObjectiveSpec objective = new ObjectiveSpec(bound, 40, 0.3, estimator);
      Objective of = new Objective(spec, objective, ModelCases.BATCH, parameters, gradient);
      ModelCases.fill(of, spec, bound.samples(), 12);
      of.differentiate(new StepSettings(0, 0.7));
    }
  }
}
