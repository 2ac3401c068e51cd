package org.sparkvae.job.settings.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.job.settings.SettingsException;

class WrongSettingsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # Unknown keys
          training.epoch = 5                        | unknown key training.epoch; did you mean training.epochs?
          epochs = 5                                | unknown key epochs; did you mean training.epochs?
          data.trian.path = x                       | unknown key data.trian; did you mean data.train?
          model.encoder.widths = [2]                | unknown key model.encoder.widths; did you mean model.encoder.hidden?
          learning-rate = 1                         | unknown key learning-rate; did you mean training.optimiser.learning-rate?
          data.test.fraction = 0.1                  | unknown key data.test.fraction; did you mean data.validation.fraction?
          traning = null                            | unknown key traning; did you mean training?
          "a.b" = 1                                 | unknown key "a.b"; did you mean data?
          zz = 1, aa = 2                            | unknown key aa; did you mean data?
          # Blocks
          training = 5                              | training is 5, but must be a block { ... }
          data.train = null                         | data.train is null, but must be a block { ... }
          seed { a = 1 }                            | seed is a block { ... }, but must be a whole number
          # Whole numbers
          seed = x                                  | seed is "x", but must be a whole number
          seed = 9223372036854775808                | seed is "9223372036854775808", but must be a whole number
          seed = [1]                                | seed is [1], but must be a whole number
          training.epochs = 0                       | training.epochs is 0, but must be a whole number of at least 1
          training.epochs = 2.5                     | training.epochs is 2.5, but must be a whole number of at least 1
          training.epochs = null                    | training.epochs is null, but must be a whole number of at least 1
          training.epochs = 3000000000              | training.epochs is 3000000000, but must be at most 2147483647
          training.epochs = many                    | training.epochs is "many", but must be a whole number of at least 1
          training.epochs = 1e400                   | training.epochs is Infinity, but must be a whole number of at least 1
          training.batch = -1                       | training.batch is -1, but must be a whole number of at least 1
          training.bound.samples = 0                | training.bound.samples is 0, but must be a whole number of at least 1
          training.kl-warm-up = -1                  | training.kl-warm-up is -1, but must be a whole number of at least 0
          training.averaging.outer.momentum = 1     | training.averaging.outer.momentum is 1, but must be a number of at least 0 and below 1
          training.averaging.outer.learning-rate = 0 | training.averaging.outer.learning-rate is 0, but must be a number above 0
          training.averaging.every = 0              | training.averaging.every is 0, but must be a whole number of at least 1
          training.gradient-noise.every = -1        | training.gradient-noise.every is -1, but must be a whole number of at least 0
          training.gradient-noise.draws = 1         | training.gradient-noise.draws is 1, but must be a whole number of at least 2
          training.validation.every = -1            | training.validation.every is -1, but must be a whole number of at least 0
          training.validation.samples = 0           | training.validation.samples is 0, but must be a whole number of at least 1
          training.checkpoint.every = 0             | training.checkpoint.every is 0, but must be a whole number of at least 1
          training.checkpoint.keep = 0              | training.checkpoint.keep is 0, but must be a whole number of at least 1
          evaluation.samples = 0                    | evaluation.samples is 0, but must be a whole number of at least 1
          evaluation.block = 0                      | evaluation.block is 0, but must be a whole number of at least 1
          training.bound { type = beta, beta = -1 } | training.bound.beta is -1, but must be a number of at least 0
          training.bound.free-bits = -0.5           | training.bound.free-bits is -0.5, but must be a number of at least 0
          training.bound { type = vr-max, samples = 0 } | training.bound.samples is 0, but must be a whole number of at least 1
          evaluation.stream = -1                    | evaluation.stream is -1, but must be a whole number of at least 0
          data.shards = -1                          | data.shards is -1, but must be a whole number of at least 0
          data.block-images = 0                     | data.block-images is 0, but must be a whole number of at least 1
          data.train.limit = -5                     | data.train.limit is -5, but must be a whole number of at least 0
          image-source.limit = -5                   | data.train.limit is -5, but must be a whole number of at least 0
          model.latent = 0                          | model.latent is 0, but must be a whole number of at least 1
          model.encoder.hidden = [200, 0]           | model.encoder.hidden is 0, but must be a whole number of at least 1
          model.encoder.hidden = 200                | model.encoder.hidden is 200, but must be a list of whole numbers such as [200, 200]
          model.decoder.hidden = [a]                | model.decoder.hidden is "a", but must be a whole number of at least 1
          # Numbers
          training.optimiser.beta1 = 1              | training.optimiser.beta1 is 1, but must be a number of at least 0 and below 1
          training.optimiser.beta2 = -0.1           | training.optimiser.beta2 is -0.1, but must be a number of at least 0 and below 1
          training.optimiser.epsilon = 0            | training.optimiser.epsilon is 0, but must be a number above 0
          training.optimiser.learning-rate = 0.0    | training.optimiser.learning-rate is 0, but must be a number above 0
          training.optimiser.learning-rate = NaN    | training.optimiser.learning-rate is "NaN", but must be a number above 0
          training.optimiser.learning-rate = 1e999  | training.optimiser.learning-rate is Infinity, but must be a number above 0
          training.optimiser.momentum = 1.5         | training.optimiser.momentum is 1.5, but must be a number of at least 0 and below 1
          training.weight-prior-precision = -1      | training.weight-prior-precision is -1, but must be a number of at least 0
          model.likelihood.min-variance = 0         | model.likelihood.min-variance is 0, but must be a number above 0
          data.threshold = 1.1                      | data.threshold is 1.1, but must be a number from 0 to 1
          data.validation.fraction = 1              | data.validation.fraction is 1, but must be a number of at least 0 and below 1
          model.prior { type = mixture, components = 0 } | model.prior.components is 0, but must be a whole number of at least 1
          model.prior { type = autoregressive, hidden = [4, 0] } | model.prior.hidden is 0, but must be a whole number of at least 1
          model.prior { type = realnvp, length = 0 } | model.prior.length is 0, but must be a whole number of at least 1
          training.bound { type = renyi, alpha = 2 } | training.bound.alpha is 2, but must be a number of at most 1
          model.likelihood { type = logistic, min-log-scale = -11 } | model.likelihood.min-log-scale is -11, but must be a number from -10 to 10
          model.likelihood { type = logistic, min-log-scale = 0 } | model.likelihood: min-log-scale must be below max-log-scale, but is 0.0, and max-log-scale 0.0
          model.likelihood { type = logistic-mixture, components = 0 } | model.likelihood.components is 0, but must be a whole number from 1 to 100
          model.likelihood { type = categorical, levels = 1 } | model.likelihood.levels is 1, but must be a whole number from 2 to 256
          model.likelihood { type = student-t, freedom = 0 } | model.likelihood.freedom is 0, but must be a number above 0
          model.likelihood { type = student-t, degrees = shared, freedom = 2 } | model.likelihood: freedom must be a number above 2 where it is learned, but is 2.0
          evaluation.estimator { type = annealed, chains = 0 } | evaluation.estimator.chains is 0, but must be a whole number of at least 1
          evaluation.estimator { type = annealed, temperatures = 1 } | evaluation.estimator.temperatures is 1, but must be a whole number of at least 2
          evaluation.estimator { type = annealed, leapfrog = 0 } | evaluation.estimator.leapfrog is 0, but must be a whole number of at least 1
          evaluation.estimator { type = annealed, simulated = -1 } | evaluation.estimator.simulated is -1, but must be a whole number of at least 0
          evaluation.proposal { type = refined, steps = 0 } | evaluation.proposal.steps is 0, but must be a whole number of at least 1
          evaluation.proposal { type = refined, samples = 0 } | evaluation.proposal.samples is 0, but must be a whole number of at least 1
          evaluation.proposal { type = refined, learning-rate = 0 } | evaluation.proposal.learning-rate is 0, but must be a number above 0
          evaluation.proposal.tails { type = student-t, freedom = 2 } | evaluation.proposal.tails.freedom is 2, but must be a number above 2
          # Values of images
          data.train.scale = 0..2                   | data.train.scale is "0..2", but must be 0..255, 0..1 or -1..1
          data.train.scale = 0.1                    | data.train.scale is 0.1, but must be 0..255, 0..1 or -1..1
          data.background = blue                    | data.background is "blue", but must be black, white or a quoted "#rrggbb"
          data.background = "#fff"                  | data.background is "#fff", but must be black, white or a quoted "#rrggbb"
          data.resize.mode = scale                  | data.resize.mode is "scale", but must be none, stretch, crop or fit
          data.resize.mode = crop                   | data.resize.width is 0, but data.resize.mode is crop; set width and height both
          data.resize { mode = fit, width = 9 }     | data.resize.height is 0, but data.resize.mode is fit; set width and height both
          data.resize.width = -1                    | data.resize.width is -1, but must be a whole number of at least 0
          data.resize { mode = fit, width = 9999, height = 999 } | data.resize.width and height are 9999 and 999, more than 5,592,405 pixels; set smaller ones
          # Choices
          pipeline = evaluate                       | pipeline is "evaluate", but must be a list such as [train], each at most once
          pipeline = [evaluate, train]              | pipeline is [evaluate, train], but train comes first and evaluate next: make it [train, evaluate]
          pipeline = []                             | pipeline is [], but must be a list such as [train], each at most once
          pipeline = [encode, train]                | pipeline is [encode, train], but train comes first and evaluate next: make it [train, encode]
          pipeline = [evaluate, encode]             | pipeline holds evaluate beside encode, but not train: another evaluation of a trained run stands alone; run the others by themselves
          pipeline = [train, impute], impute.missing.type = colum | impute.missing.type is "colum", but must be at-random, half, block or column
          pipeline = [train, impute], impute.missing.type = column, data.test.source = idx | data.test.source is idx, but impute.missing.type is column, which needs a table: set data.test.source to parquet
          pipeline = [train, impute], impute.missing.fraction = 0 | impute.missing.fraction is 0, but must be a number above 0 and of at most 1
          pipeline = [train, impute], model.type = layered, impute.method = metropolis-within-gibbs | impute.method.type is metropolis-within-gibbs, which needs one layer, and the density of any code under its posterior, which this model does not have; choose pseudo-gibbs or importance-weighted
          pipeline = [train, impute], model.type = autoencoder, impute.method = importance-weighted | impute.method.type is importance-weighted, but this model has no log p(x) to weight samples by; choose pseudo-gibbs
          pipeline = [train, sample], sample.images = 0 | sample.images is 0, but must be a whole number of at least 1
          pipeline = [train, interpolate], interpolate.path = arc | interpolate.path is "arc", but must be line, great-circle or circle
          pipeline = [train, denoise], denoise.noise { type = gaussian-noise, deviation = 0 } | denoise.noise.deviation is 0, but must be a number above 0
          pipeline = [encode], data.test.source = none | data.test.source is none, but the pipeline holds encode; set the source, or pipeline = [train]
          pipeline = [train, sampel]                | pipeline holds "sampel"; did you mean sample?
          compute.backend = cuda                    | compute.backend is "cuda", but must be auto, driver or nd4j
          compute.products = float16                | compute.products is "float16", but must be float32, tf32 or bf16
          run.mode = restart                        | run.mode is "restart", but must be resume or overwrite
          data.train.source = png                   | data.train.source is "png", but must be idx, folder, parquet or none
          data.binarisation = random                | data.binarisation is "random", but must be dynamic, static, threshold or none
          data.on-bad-image = 5                     | data.on-bad-image is 5, but must be fail or skip
          data.test.colour = blue                   | data.test.colour is "blue", but must be auto, grey or rgb
          model.encoder.activation = identity       | model.encoder.activation is "identity", but must be tanh, relu, softplus, elu or leaky-relu
          model.likelihood.type = gausian           | model.likelihood.type is "gausian", but must be bernoulli, categorical, continuous-bernoulli, gaussian, logistic, logistic-mixture or student-t
          model.likelihood { type = logistic, scale = none } | model.likelihood.scale is "none", but must be per-pixel or shared
          model.likelihood.variance = pixel         | model.likelihood.variance is "pixel", but must be per-pixel or shared
          training.bound.type = iwae                | training.bound.type is "iwae", but must be elbo, importance-weighted, renyi, vr-max or beta
          training.estimator = reinforce            | training.estimator.type is "reinforce", but must be reparameterised, sticking-the-landing, doubly-reparameterised, score-function, nvil, vimco or rws
          evaluation.proposal.type = refine         | evaluation.proposal.type is "refine", but must be encoder or refined
          evaluation.proposal.tails.type = cauchy   | evaluation.proposal.tails.type is "cauchy", but must be normal or student-t
          training.bound.kl = [analytic]            | training.bound.kl is ["analytic"], but must be analytic or monte-carlo
          evaluation.estimator = anneal             | evaluation.estimator.type is "anneal", but must be importance or annealed
          evaluation.estimator { type = annealed, start = posterior } | evaluation.estimator.start is "posterior", but must be encoder or prior
          model.prior = vamp                        | model.prior.type is "vamp", but must be standard-normal, vampprior, mixture, autoregressive, realnvp or bernoulli
          model.prior = 5                           | model.prior is 5, but must be a block { ... }
          training.optimiser.type = ADAM            | training.optimiser.type is "ADAM", but must be adam, adamax, sgd or natural-gradient
          training.schedule.type = cosine           | training.schedule.type is "cosine", but must be constant or burda
          training.averaging.strategy = mean        | training.averaging.strategy is "mean", but must be weighted or dl4j
          analyse.kinds = [tightnes]                | analyse.kinds holds "tightnes"; did you mean tightness?
          analyse.kinds = []                        | analyse.kinds is [], but must be a list such as [tightness], each at most once
          analyse.kinds = [tightness, tightness]    | analyse.kinds is ["tightness","tightness"], but must be a list such as [tightness], each at most once
          analyse.kinds = tightness                 | analyse.kinds is "tightness", but must be a list such as [tightness], each at most once
          analyse.tightness.images = 0              | analyse.tightness.images is 0, but must be a whole number of at least 1
          analyse.tightness.samples = 1             | analyse.tightness.samples is 1, but must be a whole number of at least 2
          analyse.tightness.step-size = 0           | analyse.tightness.step-size is 0, but must be a number above 0
          analyse.tightness.estimator = anneal      | analyse.tightness.estimator.type is "anneal", but must be importance or annealed
          pipeline = [analyse], analyse.tightness.estimator { type = annealed, simulated = 5 } | analyse.tightness.estimator.simulated is above 0, but images are simulated in an evaluation only; leave it out
          pipeline = [analyse], analyse.tightness.estimator { type = annealed, chains = 1 } | analyse.tightness.estimator.chains is 1, but the error of one chain is not known; set it to 2 or more
          analyse { kinds = [runs], runs { directories = [a], samples = 101 } } | analyse.runs.samples is 101, but must be a whole number from 0 to 100
          analyse.kinds = [map], analyse.map.side = 1                      | analyse.map.side is 1, but must be a whole number from 2 to 100
          analyse.kinds = [separability], analyse.separability.penalty = -1         | analyse.separability.penalty is -1, but must be a number of at least 0
          analyse.kinds = [clusters], analyse.clusters.clusters = 1             | analyse.clusters.clusters is 1, but must be a whole number of at least 2
          analyse.kinds = [neighbours], analyse.neighbours.samples = 0            | analyse.neighbours.samples is 0, but must be a whole number of at least 1
          analyse.kinds = [epochs], analyse.epochs.after = [0]                | analyse.epochs.after is 0, but must be a whole number of at least 1
          analyse.kinds = [runs], analyse.runs.directories = 5              | analyse.runs.directories is 5, but must be a list of texts such as ["a", "b"]
          training.checkpoint.milestones = [0]      | training.checkpoint.milestones is 0, but must be a whole number of at least 1
          pipeline = [analyse], analyse.kinds = [separability], data.test.labels = "" | data.test.labels is "", but analyse.kinds holds separability, which needs labels; set it, or leave that out
          pipeline = [analyse], analyse.kinds = [outliers] | analyse.outliers.against is not set: name the evaluation.parquet of other images, made by a job with pipeline = [evaluate], or leave outliers out of analyse.kinds
          pipeline = [analyse], analyse.kinds = [runs] | analyse.runs.directories is []; name the directories of the runs, or leave runs out of analyse.kinds
          pipeline = [analyse], analyse.kinds = [neighbours], data.train.source = none | data.train.source is none, but analyse.kinds holds neighbours, which needs the training images; set the source, or leave it out
          pipeline = [analyse], analyse.kinds = [pca], model.type = density-network | analyse.kinds holds pca, but a model without an encoder has no codes of images; leave it out
          pipeline = [train, reconstruct], model.type = density-network | pipeline holds reconstruct, but a model without an encoder has no codes of images; leave it out
          pipeline = [train, impute], model.type = density-network | impute.method.type is pseudo-gibbs, which draws codes from the encoder's posterior, but the model has no encoder; choose importance-weighted
          pipeline = [analyse], analyse.kinds = [map], model.latent = 1 | analyse.kinds holds map, but model.latent is 1, and a map needs 2; leave it out
          pipeline = [analyse], analyse.kinds = [clusters], model.type = hvae | analyse.kinds holds clusters, which decodes codes of 50 dimensions, but an image of this model takes all of its latent variables; leave it out
          analyse.tightness.image = 5               | unknown key analyse.tightness.image; did you mean analyse.tightness.images?
          report.progress = true                    | report.progress is true, but must be auto, on or off
          report.pictures = maybe                   | report.pictures is "maybe", but must be true or false
          tracking.mlflow = wandb                   | tracking.mlflow.type is "wandb", but must be none, server or folder
          tracking.mlfow = server                   | unknown key tracking.mlfow; did you mean tracking.mlflow?
          tracking.tensorboard = on                 | tracking.tensorboard.type is "on", but must be none or files
          tracking.mlflow { type = server, url = "localhost:5000" } | tracking.mlflow: url is no address of a server; make it such as http://localhost:5000, or set type = folder for a folder
          tracking.mlflow { type = server, url = "http://ann:p4ss@host" } | tracking.mlflow: url holds a user: leave it out, and set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD in the driver's environment
          tracking.mlflow { type = server, experiment = "" } | tracking.mlflow: experiment is ""; give it a name, such as spark-vae
          tracking.mlflow { type = folder, directory = "hdfs://n/mlruns" } | tracking.mlflow: directory must be a path on the driver's machine, which is where MLflow reads folders; set type = server for a server
          tracking.tensorboard { type = files, directory = "a:b" } | tracking.tensorboard: directory is no path that Hadoop reads (java.net.URISyntaxException: Relative path in absolute URI: a:b)
          tracking.tensorboard { type = files, directory = " " } | tracking.tensorboard: directory is not set; name one, or "." for tensorboard/ in the run directory
          # Settings that contradict one another
          run.directory = null                      | run.directory is not set; name a directory for the run, such as "runs/mnist"
          run.directory = " "                       | run.directory is not set; name a directory for the run, such as "runs/mnist"
          run.directory = [a]                       | run.directory is ["a"], but must be text
          data.train.source = none                  | data.train.source is none, but the pipeline holds train; set the source, or pipeline = [evaluate]
          data.test.source = none                   | data.test.source is none, but the pipeline holds evaluate; set the source, or pipeline = [train]
          pipeline = [analyse], data.test.source = none | data.test.source is none, but the pipeline holds analyse; set the source, or pipeline = [train]
          pipeline = [analyse], run.mode = overwrite | run.mode is overwrite, which deletes the trained model, but the pipeline does not hold train; set it to resume: another evaluation goes beside the one that is there
          data.test.path = ""                       | data.test.path is not set; data.test.source = idx needs one
          data.train { source = folder, labels = a } | data.train.labels is "a", but for a folder must be "parent" or ""
          data.train { source = parquet, width = 5 } | data.train.height is 0; set width and height both, or neither where the column tells them
          data.train { source = parquet, channels = 2 } | data.train.channels is 2, but must be 1 (grey) or 3 (RGB)
          data.train { source = parquet, column = "" } | data.train.column is not set; name the column that holds the images
          data.validation { source = idx, path = v, fraction = 0.1 } | data.validation.fraction is above 0, but data.validation.source is set too; set one of the two
          model.likelihood.type = gaussian          | model.likelihood.type is gaussian, but data.binarisation is dynamic, and bits have no density; set data.binarisation = none
          model.likelihood.type = student-t         | model.likelihood.type is student-t, but data.binarisation is dynamic, and bits have no density; set data.binarisation = none
          model.likelihood.type = continuous-bernoulli | model.likelihood.type is continuous-bernoulli, but data.binarisation is dynamic, and bits have no density; set data.binarisation = none
          model.likelihood.type = logistic          | model.likelihood.type is logistic, but data.binarisation is dynamic, which leaves bits of the grey levels; set data.binarisation = none
          model.likelihood.type = categorical       | model.likelihood.type is categorical, but data.binarisation is dynamic, which leaves bits of the grey levels; set data.binarisation = none
          model.type = ppca                         | model.type is ppca, but data.binarisation is dynamic, and bits have no density; set data.binarisation = none
          model = factor-analysis                   | model.type is factor-analysis, but data.binarisation is dynamic, and bits have no density; set data.binarisation = none
          model { type = ppca, min-variance = 0 }   | model.min-variance is 0, but must be a number above 0
          model { type = factor-analysis, min-variance = -1 } | model.min-variance is -1, but must be a number above 0
          model { type = factor-analysis, iterations = 0 } | model.iterations is 0, but must be a whole number of at least 1
          model { type = factor-analysis, tolerance = -1 }  | model.tolerance is -1, but must be a number of at least 0
          model.iteration = 5                       | unknown key model.iteration; did you mean model.iterations?
          model.type = ppca, data.binarisation = none, training.start-from = a | training.start-from is set, but a model of type ppca is fitted to the images, whatever it starts from; leave it out
          model.posterior { type = iaf, hidden = [] } | model.posterior: hidden needs one width or more, each at least 1, but is []
          model { latent = 12, posterior { type = grid, rows = 3, columns = 5 } } | model.posterior.rows is 3, and columns 5: they multiply to 15, but model.latent is 12
          model { latent = 12, posterior { type = planar, base.type = grid } } | model.posterior.base.rows is 5, and columns 10: they multiply to 50, but model.latent is 12
          model { latent = 12, posterior.type = sylvester } | model.posterior.rank is 16, but model.latent, which it can be at most, is 12
          model.prior { type = autoregressive, hidden = [] } | model.prior: hidden needs one width or more, each at least 1, but is []
          model { type = layered, above = non }     | model.above.type is "non", but must be none or layer
          model { type = layered, above.latent = 0 } | model.above.latent is 0, but must be a whole number of at least 1
          model { type = layered, prior = vampprior } | model.prior.type is vampprior, which is made of posteriors of images, but that of the topmost of 2 stochastic layers is an integral over those below, without a closed form; choose another prior
          model { type = layered, above.posterior = grid, above.latent = 12 } | model.above.posterior.rows is 5, and columns 10: they multiply to 50, but the layer's latent is 12
          model { type = layered, above.latent = 1, prior = realnvp } | model.prior.type is realnvp, which moves half of the dimensions by the other half, but the topmost latent is 1; choose another prior, or 2 dimensions or more
          model { type = ladder, above { above.type = step, latent = 0 } } | model.above.latent is 0, but must be a whole number of at least 1
          model { type = hvae, top { latent = 12, posterior = grid } } | model.top.posterior.rows is 5, and columns 10: they multiply to 50, but model.top.latent is 12
          model { type = hvae, top.posterior = planar, prior = vampprior } | model.prior.type is vampprior, which needs a posterior that tells the density of any z, and planar does not; choose another of the two
          model { type = hvae, top.conditional.log-variances { type = bounded, least = 3 } } | model.top.conditional.log-variances: least must be below most, but is 3.0, and most is 2.0
          model { type = auxiliary, auxiliary { latent = 12, posterior = grid } } | model.auxiliary.posterior.rows is 5, and columns 10: they multiply to 50, but model.auxiliary.latent is 12
          model { type = hvae, posterior = bernoulli } | model.posterior.type is bernoulli, whose values are bits, but the model draws z1, given z2, from Gaussians; choose another posterior
          model { type = auxiliary, auxiliary.posterior = bernoulli } | model.auxiliary.posterior.type is bernoulli, whose values are bits, but the model draws a, given x and z, from Gaussians; choose another posterior
          model { type = auxiliary, prior = vampprior } | model.prior.type is vampprior, which is made of posteriors of images, but z's is an integral over a, without a closed form; choose another prior
          model.type = hvae, evaluation.estimator { type = annealed, start = prior } | evaluation.estimator.start is prior, and chains from there move codes of one stochastic layer, but the model has 2; set it to encoder
          model.type = layered, evaluation.estimator { type = annealed, simulated = 5 } | evaluation.estimator.simulated is 5, but images are simulated with codes of one stochastic layer, and the model has 2; set it to 0
          model.type = layered, training { bound.type = importance-weighted, estimator = doubly-reparameterised } | training.estimator.type is doubly-reparameterised, which holds for one stochastic layer under this training.bound, but the model has 2; set it to reparameterised
          model { type = density-network, prior = vampprior } | model.prior.type is vampprior, which is made of posteriors, but a density network has no encoder; choose another prior
          model.type = density-network, evaluation.proposal = refined | evaluation.proposal.type is refined, but the model has no posterior that could be; set it to encoder, for draws of the prior
          training { optimiser = natural-gradient, estimator = nvil, bound.kl = monte-carlo } | training.optimiser.type is natural-gradient, but training.estimator.type is nvil, whose running means have no Fisher information; choose another of the two
          training.optimiser = natural-gradient, model.posterior = chain | training.optimiser.type is natural-gradient, which needs the Fisher information of the posterior, and this model's is not known; choose model.posterior = diagonal-gaussian or bernoulli, or another optimiser
          training.optimiser = natural-gradient, model.likelihood = student-t, data.binarisation = none | training.optimiser.type is natural-gradient, which needs the Fisher information of the likelihood, and this model's is not known; choose model.likelihood = bernoulli, or gaussian with one variance, or another optimiser
          training.optimiser = natural-gradient, model.type = density-network | training.optimiser.type is natural-gradient, which needs a posterior of each image, and a model of type density-network has none; choose another optimiser
          training.optimiser = natural-gradient, model.type = layered | training.optimiser.type is natural-gradient, which is of one stochastic layer, but the model has 2; choose another optimiser
          training { optimiser = natural-gradient, averaging.strategy = dl4j } | training.optimiser.type is natural-gradient, but training.averaging.strategy is dl4j, which computes no Fisher information; choose another optimiser, or set the strategy to weighted
          training.optimiser { type = natural-gradient, damping = -1 } | training.optimiser.damping is -1, but must be a number of at least 0
          model.type = autoencoder                  | model.type is autoencoder, which has no log p(x) to evaluate; leave evaluate out of pipeline (pipeline = [train])
          model.type = autoencoder, pipeline = [analyse] | analyse.kinds holds tightness, which is about log p(x), but a model of type autoencoder has none; choose other kinds
          model.type = autoencoder, pipeline = [train, analyse], analyse.kinds = [pca, outliers] | analyse.kinds holds outliers, which is about log p(x), but a model of type autoencoder has none; choose other kinds
          model.type = autoencoder, pipeline = [train], training.bound.samples = 5 | training.bound.samples is 5, but a model of type autoencoder has no bound on log p(x) and draws nothing; leave it out
          model.type = autoencoder, pipeline = [train], training.bound.type = beta | training.bound.type is beta, but a model of type autoencoder has no bound on log p(x) and draws nothing; leave it out
          model.type = autoencoder, pipeline = [train], training.estimator = score-function | training.estimator.type is score-function, but a model of type autoencoder has no bound on log p(x) and draws nothing; leave it out
          model.type = autoencoder, pipeline = [train], training.kl-warm-up = 5 | training.kl-warm-up is above 0, but a model of type autoencoder has no KL term; set it to 0
          model.type = autoencoder, pipeline = [train], training.gradient-noise.every = 1 | training.gradient-noise.every is above 0, but a model of type autoencoder draws nothing; set it to 0
          model.type = autoencoder, pipeline = [train], training.validation.samples = 10 | training.validation.samples is above 1, but a model of type autoencoder draws nothing; set it to 1
          model { type = autoencoder, mixture.components = 0 } | model.mixture.components is 0, but must be a whole number of at least 1
          model { type = autoencoder, mixture.jitter = 0 } | model.mixture.jitter is 0, but must be a number above 0
          model { type = autoencoder, penalty = -1 } | model.penalty is -1, but must be a number of at least 0
          model.type = density-network, pipeline = [analyse] | analyse.tightness.images is 100, but a model without an encoder has no gap; leave analyse out of the pipeline
          model { latent = 1, prior.type = realnvp } | model.prior.type is realnvp, which moves half of the dimensions by the other half, but model.latent is 1; choose another prior, or 2 dimensions or more
          model { prior.type = vampprior, posterior.type = planar } | model.prior.type is vampprior, which needs a posterior that tells the density of any z, and planar does not; choose another of the two
          model.posterior = planar, evaluation.estimator { type = annealed, simulated = 9 } | evaluation.estimator.simulated is 9, but from a code there is no way back to the noise that such a posterior made it of; set it to 0, or evaluation.estimator.start = prior
          model.posterior = bernoulli               | model.prior.type is standard-normal, which needs a posterior that draws real numbers, and bernoulli does not; choose another of the two
          model.prior = bernoulli                   | model.prior.type is bernoulli, which needs a posterior that draws bits, and diagonal-gaussian does not; choose another of the two
          model { type = layered, above.posterior = bernoulli } | model.prior.type is standard-normal, which needs a posterior that draws real numbers, and bernoulli does not; choose another of the two
          model.posterior { type = planar, base = bernoulli } | model.posterior.base.type is bernoulli, whose draws are bits, which no map bends; choose another
          model { posterior = bernoulli, prior = bernoulli } | training.estimator.type is reparameterised, whose derivatives flow through draws, but this model draws bits; set it to score-function, nvil, vimco or rws
          model { posterior = bernoulli, prior = bernoulli }, training.estimator = sticking-the-landing | training.estimator.type is sticking-the-landing, whose derivatives flow through draws, but this model draws bits; set it to score-function, nvil, vimco or rws
          model { posterior = bernoulli, prior = bernoulli }, training.estimator = score-function, evaluation.proposal = refined | evaluation.proposal.type is refined, which climbs along derivatives through draws, but this model draws bits; set it to encoder
          model { posterior = bernoulli, prior = bernoulli }, training.estimator = score-function, evaluation.estimator = annealed | evaluation.estimator.type is annealed, whose chains move along derivatives, but the model's codes are not continuous; set it to importance
          model { posterior = bernoulli, prior = bernoulli }, training.estimator = score-function, pipeline = [analyse] | analyse.tightness.images is 100, but no search finds the best posterior of a model that draws bits; leave analyse out of the pipeline
          training.estimator = vimco                | training.estimator.type is vimco, which compares the samples of an image by their weights; set training.bound.type = importance-weighted, and training.bound.samples = 2 or more
          training { estimator = rws, bound.type = importance-weighted } | training.estimator.type is rws, which compares the samples of an image by their weights; set training.bound.type = importance-weighted, and training.bound.samples = 2 or more
          training { estimator = nvil, bound.type = renyi } | training.estimator.type is nvil, which takes each sample's log-weight by itself, as elbo and beta do and renyi does not; choose another of the two
          training.estimator { type = nvil, decay = 1 } | training.estimator.decay is 1, but must be a number of at least 0 and below 1
          training { estimator { type = score-function, baseline = running-average }, averaging.outer.momentum = 0.5 } | training.averaging.outer.momentum is set, but training.estimator.type is score-function, whose running means take the plain average; leave it out
          training.bound { free-bits = 0.1, kl = monte-carlo } | training.bound: free-bits above 0 need the KL term in closed form: set kl = analytic, or free-bits = 0
          training.bound.free-bits = 0.1, model.posterior = chain | training.bound.free-bits is above 0, which needs the KL of each dimension in closed form: that of a diagonal-gaussian posterior and a standard-normal prior; choose these, or set it to 0
          training { bound.free-bits = 0.1, estimator = sticking-the-landing } | training.estimator.type is sticking-the-landing, which takes the KL term from the samples, but training.bound.free-bits is above 0, which takes it in closed form; set that to 0, or choose reparameterised
          training { bound.type = importance-weighted, estimator = sticking-the-landing } | training.estimator.type is sticking-the-landing, which leaves out what has another mean than 0 under importance-weighted; choose doubly-reparameterised there
          training { bound.type = vr-max, estimator = sticking-the-landing } | training.estimator.type is sticking-the-landing, which leaves out what has another mean than 0 under vr-max; choose reparameterised there
          training { bound.type = importance-weighted, estimator = score-function } | training.estimator.type is score-function, which takes each sample's log-weight by itself, as elbo and beta do and importance-weighted does not; choose another of the two
          training { bound.type = vr-max, estimator = doubly-reparameterised } | training.estimator.type is doubly-reparameterised, which weighs samples by the slope of their weights, which jump under vr-max; choose reparameterised there
          training.estimator = sticking-the-landing, model.posterior = iaf | training.estimator.type is sticking-the-landing, which needs the density of given draws, and this model.posterior tells that of its own alone; set it to reparameterised, or choose another posterior
          training.validation.patience = 2          | training.validation.patience is above 0, but there are no validation images; set data.validation.fraction or data.validation.source
          training.validation { patience = 2, every = 0 } | training.validation.patience is above 0, but training.validation.every is 0; set it to 1 or more
          training { kl-warm-up = 5, averaging.strategy = dl4j } | training.kl-warm-up is above 0, but training.averaging.strategy is dl4j, which trains the whole bound from the start; set it to 0, or the strategy to weighted
          training { averaging.strategy = dl4j, optimiser.clip-norm = 0.5 } | training.optimiser.clip-norm is above 0, but training.averaging.strategy is dl4j, which shortens no gradients; set it to 0, or the strategy to weighted
          training { averaging.strategy = dl4j, optimiser.gradients = normalised } | training.optimiser.gradients is normalised, but training.averaging.strategy is dl4j, which takes gradients as they are; set it to plain, or the strategy to weighted
          training.optimiser { gradients = normalised, clip-norm = 1 } | training.optimiser.clip-norm is above 0, but training.optimiser.gradients is normalised; set it to 0, or the gradients to plain
          model.posterior { log-variances { type = bounded, least = 3 } } | model.posterior.log-variances: least must be below most, but is 3.0, and most is 2.0
          training.optimiser.clip-norm = -1         | training.optimiser.clip-norm is -1, but must be a number of at least 0
          training.averaging { strategy = dl4j, outer.momentum = 0.5 } | training.averaging.outer.momentum is set, but training.averaging.strategy is dl4j, which takes the plain average; leave it out, or set the strategy to weighted
          run.mode = overwrite, pipeline = [evaluate] | run.mode is overwrite, which deletes the trained model, but the pipeline does not hold train; set it to resume: another evaluation goes beside the one that is there
          training.averaging.strategy = dl4j, compute.device = gpu | compute.device is gpu, but training.averaging.strategy is dl4j, which binds no task to its GPU; set it to cpu, or the strategy to weighted
          """)
  void namesKeyPlaceAndRemedyInOneLine(String line, String message) {
    SettingsFixture fixture = new SettingsFixture(folder);
    SettingsException thrown =
        catchThrowableOfType(SettingsException.class, () -> fixture.read(line));
    assertThat(thrown).as(line).isNotNull();
    assertThat(fixture.local(thrown)).matches("x.conf(:4)?: .*").doesNotContain("\n");
    assertThat(fixture.local(thrown).replaceFirst("x.conf(:4)?: ", "")).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          training.epochs=0      | command line: training.epochs is 0, but must be a whole number of at least 1
          training={epochs=0}    | command line: training.epochs is 0, but must be a whole number of at least 1
          training.epochs=       | command line: training.epochs is "", but must be a whole number of at least 1
          training.epochs=1 # 2  | command line: training.epochs is "1 # 2", but must be a whole number of at least 1
          epoch=3                | command line: unknown key epoch; did you mean training.epochs?
          trainig.epochs=3       | command line: unknown key trainig; did you mean training?
          model.encoder.hidden=[2,0] | command line: model.encoder.hidden is 0, but must be a whole number of at least 1
          model.posterior={type=iaf,hidden=[]} | command line: model.posterior: hidden needs one width or more, each at least 1, but is []
          mnist                  | command line: "mnist" is not an override; write key=value, such as training.epochs=5
          =5                     | command line: "=5" is not an override; write key=value, such as training.epochs=5
          a..b=5                 | command line: "a..b=5" is not an override; write key=value, such as training.epochs=5
          run.directory=${NO_SUCH_KEY} | command line: Could not resolve substitution to a value: ${NO_SUCH_KEY}
          """)
  void saysThatAnOverrideIsOnTheCommandLine(String override, String message) {
    assertThat(
            catchThrowableOfType(
                SettingsException.class, () -> new SettingsFixture(folder).read("", override)))
        .hasMessage(message);
  }

  @Test
  void namesTheIncludedFileThatIsWrong() {
    SettingsFixture fixture = new SettingsFixture(folder);
    fixture.write("base.conf", "\n\ntraining.epochs = 0");
    assertThat(
            fixture.local(
                catchThrowableOfType(
                    SettingsException.class, () -> fixture.read("include \"base.conf\""))))
        .isEqualTo("base.conf:3: training.epochs is 0, but must be a whole number of at least 1");
  }

  @Test
  void namesTheEnvironmentVariableThatIsWrong() {
    assertThat(
            catchThrowableOfType(
                SettingsException.class,
                () -> new SettingsFixture(folder).read("training.epochs = ${?PATH}")))
        .hasMessageStartingWith("environment variable PATH: training.epochs is ");
  }

  @Test
  void namesTheLineOfAListsElement() {
    SettingsFixture fixture = new SettingsFixture(folder);
    assertThat(
            fixture.local(
                catchThrowableOfType(
                    SettingsException.class,
                    () -> fixture.read("model.encoder.hidden = [\n200,\n-1]"))))
        .startsWith("x.conf:6: model.encoder.hidden is -1, ");
  }

  @Test
  void namesLineOfBadSyntax() {
    SettingsFixture fixture = new SettingsFixture(folder);
    assertThat(
            fixture.local(
                catchThrowableOfType(
                    SettingsException.class, () -> fixture.read("\ntraining { epochs = 5"))))
        .startsWith("x.conf:5: ")
        .doesNotContain("\n");
  }

  @Test
  void namesFileThatIsNotThere() {
    SettingsFixture fixture = new SettingsFixture(folder);
    assertThat(
            fixture.local(
                catchThrowableOfType(
                    SettingsException.class,
                    () -> SettingsReader.read(folder + "/no.conf", List.of()))))
        .isEqualTo(
            "no.conf: no such file; give the path of a settings file, such as conf/mnist.conf");
    assertThat(
            catchThrowableOfType(
                SettingsException.class, () -> SettingsReader.read("./no.conf", List.of())))
        .hasMessageStartingWith(Path.of("no.conf").toAbsolutePath() + ": no such file; ");
    assertThat(
            catchThrowableOfType(
                SettingsException.class,
                () -> SettingsReader.read("file://" + folder + "/no.conf", List.of())))
        .hasMessage("file://" + folder + "/no.conf: no such file; give the URI of a settings file");
    assertThat(
            catchThrowableOfType(
                SettingsException.class, () -> SettingsReader.read("nosuch://a/b.conf", List.of())))
        .hasMessage(
            "nosuch://a/b.conf: cannot be read (No FileSystem for scheme \"nosuch\"); check the URI"
                + " and the rights on it");
    assertThat(
            catchThrowableOfType(
                SettingsException.class, () -> SettingsReader.read("hdfs://a b/c.conf", List.of())))
        .hasMessageStartingWith("hdfs://a b/c.conf: cannot be read (");
    assertThat(
            catchThrowableOfType(
                SettingsException.class, () -> SettingsReader.read(folder.toString(), List.of())))
        .hasMessage(folder + ": is a directory; give the path of a settings file in it");
  }
}
