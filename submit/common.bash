# What the commands in this folder share; they source it after setting `here`, this folder, and `name`, their own.
# shellcheck shell=bash

root=$(dirname "$here")
built_spark=$root/job/target/spark
# Where the driver runs; submit/cluster may be told otherwise.
deploy_mode=client

# Java reads names of files and arguments in the locale's characters. Under POSIX's, as cron and containers have it, these
# are ASCII, and files with other names are not found.
if [[ $(locale charmap 2> /dev/null) == ANSI_X3.4-1968 ]]; then
  case $'\n'$(locale -a 2> /dev/null)$'\n' in
    *$'\nC.utf8\n'* | *$'\nC.UTF-8\n'*) export LC_ALL=C.UTF-8 ;;
  esac
fi

fail() {
  printf '%s: %s\n' "$name" "$2" >&2
  exit "$1"
}

say() {
  printf '%s: %s\n' "$name" "$1" >&2
}

# Sets `java` to one of the Javas that the Spark at hand runs on. Hadoop 3.3, which comes with Spark 3, asks for the
# user in a way that ended with Java 22.
find_java() {
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  command -v "$java" > /dev/null || fail 1 "no Java at $java: install JDK 17, or set JAVA_HOME to one"
  local version
  version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')
  [[ $version =~ ^[0-9]+$ && $version -ge 17 ]] \
    || fail 1 "$java is Java ${version:-unknown}, and 17 or newer is needed: install JDK 17, or set JAVA_HOME to one"
  [[ $version -le 22 ]] || compgen -G "${SPARK_HOME:-$built_spark}/jars/spark-core_*-4.*.jar" > /dev/null \
    || fail 1 "$java is Java $version, and Spark 3.5 runs on 17 to 22: install JDK 17, or set JAVA_HOME to one"
  # The fused loops' Vector API lost its methods for byte buffers in Java 19.
  [[ $version -le 18 ]] \
    || say "$java is Java $version, on which the job takes several times as long as on 17 or 18: set JAVA_HOME to one, if you can"
}

# Prints the job's jar, or nothing. A small one is what an interrupted build leaves: our classes without ND4J.
job_jar() {
  [[ -d $root/job/target ]] || return 0
  find "$root/job/target" -maxdepth 1 -name 'spark-vae-job-*.jar' ! -name '*-shaded.jar' -size +20M \
    -printf '%T@ %p\n' | sort -rn | sed -n '1s/^[^ ]* //p'
}

# Prints why the job must be built: the jar or Spark's jars are missing, or a source is newer. Else nothing.
build_reason() {
  local jar
  jar=$(job_jar)
  if [[ -z $jar ]]; then
    echo "no jar yet"
  elif [[ -n $(find "$root"/pom.xml "$root"/{model,job}/pom.xml "$root"/{model,job}/src/main -newer "$jar" -print -quit) ]]; then
    echo "sources newer than the jar"
  elif [[ -z ${SPARK_HOME:-} && ! -d $built_spark/jars ]]; then
    echo "no Spark yet"
  fi
}

# Takes a lock, unless another command holds it: then it is true. It is false where there are no locks, too.
is_held() {
  local status=0
  flock -n "$@" 2> /dev/null || status=$?
  [[ $status -eq 1 ]]
}

# Sets `jar`, built anew where it must be. Builds of several commands come one after the other, and those that wait take
# what the first one built.
build() {
  local why lock_file=$root/job/target/build.lock lock
  why=$(build_reason)
  # Locked while a build has not written all of it.
  if [[ -n $why ]] || { [[ -e $lock_file ]] && is_held -s "$lock_file" true; }; then
    mkdir -p "$root/job/target"
    exec {lock}> "$lock_file"
    if is_held "$lock"; then
      say "another command builds the jar: waiting for it"
      flock "$lock"
    fi
    why=$(build_reason)
    [[ -z $why ]] || package "$why"
    exec {lock}>&-
  fi
  jar=$(job_jar)
}

# Builds the job: WHY.
package() {
  command -v mvn > /dev/null || fail 1 "$1, and no Maven to build with: install Maven 3.8 or newer"
  say "$1: building it (mvn package), about a minute, longer the first time"
  # Maven would write into the old jar, of which jobs that run may read more classes: they keep it when its name is gone.
  rm -f "$root"/job/target/spark-vae-job-*.jar
  # Without the colour codes that Maven writes even into a file.
  (cd "$root" && mvn -B -q -DskipTests -Dmodel.jar.skip package 2>&1) | sed $'s/\e\\[[0-9;]*m//g; /^$/d' >&2 \
    || fail 1 "the build failed, as said above"
}

# Prints a settings file and the files that it includes, theirs too, a line each; one that is missing is passed over.
settings_files() {
  [[ -f $1 ]] || return 0
  local -a files=("$1")
  local -A seen=(["$(realpath -ms -- "$1")"]=1)
  local -i next
  local included
  for ((next = 0; next < ${#files[@]}; next++)); do
    while IFS=: read -r _ _ included; do
      [[ $included == /* ]] || included=$(dirname "${files[next]}")/$included
      included=$(realpath -ms -- "$included")
      if [[ -f $included && -z ${seen[$included]:-} ]]; then
        seen[$included]=1
        files+=("$included")
      fi
    done < <(includes "${files[next]}")
  done
  printf '%s\n' "${files[@]}"
}

# Prints what a HOCON file includes, a line each: its line, what is before the name, as in required(, and the name.
includes() {
  LC_ALL=C awk '
    { text = text $0 "\n" }
    function take(pattern) {
      if (!match(text, pattern)) return 0
      token = substr(text, 1, RLENGTH)
      text = substr(text, RLENGTH + 1)
      return 1
    }
    END {
      line = 1
      key = 1
      take("^\357\273\277")
      while (text != "") {
        if (take("^\n")) {
          line++
          key = 1
        } else if (take("^[ \t\r\f]+") || take("^(#|//)[^\n]*")) {
          continue
        } else if (take("^[{,]")) {
          key = 1
        } else if (take("^\"\"\"([^\"]|\"[^\"]|\"\"[^\"])*\"\"\"+")) {
          line += gsub("\n", "", token)
          key = including = 0
        } else if (take("^\"([^\"\\\\\n]|\\\\.)*\"")) {
          if (including) print line ":" form ":" substr(token, 2, length(token) - 2)
          key = including = 0
        } else if (take("^(/?[^]/#\"{}[,:=+ \t\r\f\n])+") || take("^.")) {
          if (including) form = form token
          else if (key && token == "include") {
            including = 1
            form = ""
          }
          key = 0
        }
      }
    }' "$1"
}

# Prints a key=value of the command line as the job is to get it, which seeks relative paths from the repository's root:
# where the key names a place, a path that lies where the person stands, or nowhere yet, is meant from there. With a
# HADOOP_CONF_DIR, paths may lie on another file system.
from_here() {
  local key=${1%%=*} value=${1#*=} path
  key=${key//[[:space:]]/}
  if [[ $value =~ ^[[:space:]]*\"([^\"\\]*)\"[[:space:]]*$ || $value =~ ^[[:space:]]*(.*[^[:space:]])[[:space:]]*$ ]]; then
    value=${BASH_REMATCH[1]}
  fi
  # Absolute paths and URIs, and what only HOCON can mean.
  if [[ -z ${HADOOP_CONF_DIR:-} && -n $value && $value != null && ! $value =~ ^[/[{]|^[A-Za-z][A-Za-z0-9+.-]*:|[\"\\]|\$\{ ]]; then
    path=$(realpath -ms -- "$(pwd -P)/$value")
    case $key in
      # Else the name of a column, or parent.
      data.*.labels | image-source.labels) [[ $value != parent && -f $path ]] || path= ;;
      *.directory | training.start-from | data.*.path | image-source.path | analyse.outliers.against)
        # What lies in the repository alone, and what submit/fetch puts there.
        [[ -e $path || ! -e $root/$value && $value != .data/* ]] || path=
        # The run directory, whatever it is.
        [[ $key != *.directory || $value != . ]] || path=
        ;;
      *) path= ;;
    esac
    if [[ -n $path && $path != "$(realpath -ms -- "$root/$value")" ]]; then
      printf '%s="%s"\n' "$key" "${path#"$root/"}"
      return
    fi
  fi
  printf '%s\n' "$1"
}

# Prints the value of a key in spark-defaults.conf, or in the file that stands in for it, or nothing.
spark_default() {
  local file=${spark_defaults:-${SPARK_CONF_DIR:-${SPARK_HOME:-$built_spark}/conf}/spark-defaults.conf}
  [[ -r $file ]] || return 0
  sed -n -E "s/^[[:space:]]*${1//./\\.}[[:space:]=:]+(.*[^[:space:]])[[:space:]]*$/\1/p" "$file" | tail -n 1
}

# Spark's own code, called often but never for long, comes last in the queue of the JIT compiler: its large methods take
# it half a second each, on the cores that the tasks run on, and the loops over images wait behind them.
# Java 22 takes output into a file for a terminal, unless its console is the one of other versions.
java_flags='--add-modules jdk.incubator.vector -Djava.awt.headless=true -Djdk.console=java.base'
java_flags+=' -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000'

# Prints the Java options for `driver` or `executor`, after those that spark-defaults.conf has for it. They go into
# spark.*.defaultJavaOptions, so that spark.*.extraJavaOptions stays free. The driver's limit on the whole process's
# memory, of JavaCPP, is off: it counts mapped files too; the cap on ND4J's own arrays stays. The job sets executors'
# limits, and that cap of a driver in a container.
java_options() {
  local given
  given=$(spark_default "spark.$1.defaultJavaOptions")
  local limit=
  [[ $1 != driver ]] || limit=" -Dorg.bytedeco.javacpp.maxphysicalbytes=0"
  echo "${given:+$given }$java_flags$limit"
}

# Prints the Java options by which Spark reaches into the JDK, in the words of the Spark at hand, which gives them to
# every process of its own accord but to a driver on a standalone cluster.
module_options() {
  local home=${SPARK_HOME:-$built_spark}
  SPARK_HOME=$home SPARK_SCALA_VERSION=2.12 "$java" -Xmx128m -cp "$home/jars/*" org.apache.spark.launcher.Main \
    org.apache.spark.deploy.SparkSubmit --version | tr '\0' '\n' | grep -E '^--add-opens=|^-Djdk\.' | paste -sd' '
}

# The OpenBLAS that ND4J brings takes AMD processors with AVX-512 (Zen 4 and later) for ones without, and multiplies
# matrices at about half their speed; this names their kind to it, unless it is named already.
blas_cores() {
  if [[ -z ${OPENBLAS_CORETYPE:-} ]] && grep -qs AuthenticAMD /proc/cpuinfo && grep -qsw avx512vl /proc/cpuinfo; then
    export OPENBLAS_CORETYPE=SkylakeX
  fi
}

# Prints the Java option that makes logging quiet.
log_option() {
  printf -- '-Dlog4j2.configurationFile="%s"' "$here/log4j2.properties"
}

# Drops the line that the JVM prints at its start because the Vector API is an incubating module; passes the rest
# on as it comes, unfinished lines too.
without_incubator_warning() {
  trap '' INT TERM HUP
  local line
  while IFS= read -r line; do
    case $line in
      'WARNING: Using incubator modules: '*) break ;;
      # Other lines that a JVM may print before that one.
      'Picked up '* | 'NOTE: Picked up '* | *' VM warning: '*) printf '%s\n' "$line" ;;
      *)
        printf '%s\n' "$line"
        break
        ;;
    esac
  done
  "${pass_on:-cat}"
}

# Passes on what spark-submit says; fails where it says that a driver on a standalone cluster did not finish, as it
# does with status 0.
pass_on_driver_state() {
  local line failed=
  while IFS= read -r line; do
    printf '%s\n' "$line"
    [[ ! $line =~ State\ of\ driver\ .*\ is\ (FAILED|ERROR|KILLED), ]] || failed=${BASH_REMATCH[1]}
  done
  [[ -z $failed ]] || fail 1 "the driver ended as $failed: its stderr, in the worker's folder, says why"
}

# Runs spark-submit with these arguments, passes signals on to it, and exits with its status, or with that of the
# command that `pass_on` names, which gets all that is said on stderr, where that one failed.
spark_submit() {
  local -a command=()
  if [[ -n ${SPARK_HOME:-} ]]; then
    [[ -x $SPARK_HOME/bin/spark-submit ]] || fail 1 "SPARK_HOME is $SPARK_HOME, which has no bin/spark-submit"
    command=("$SPARK_HOME/bin/spark-submit" "$@")
  else
    # As bin/spark-class does: the launcher prints a first line, then the command, its parts ended by NUL.
    export SPARK_HOME=$built_spark SPARK_SCALA_VERSION=2.12
    { IFS= read -r _ && mapfile -d '' -t command; } < <(
      "$java" -Xmx128m -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@"
    ) || true
    [[ ${#command[@]} -gt 0 ]] || fail 1 "spark-submit refused its arguments"
  fi
  # Job control, so that the JVM may be waited for in a way that signals interrupt, and still takes them itself.
  set -m
  exec {stderr}> >(without_incubator_warning >&2)
  local filter=$!
  # A pipe that ends with this shell, however it ends, for no other process has its write end; the JVM gets the read
  # end, and a driver in it ends too. A driver on the cluster goes on. In a subshell, $$ is not this shell.
  local inherited lifeline pipe
  exec {inherited}< <(:)
  pipe=/proc/$BASHPID/fd/$inherited
  if [[ $deploy_mode != cluster ]]; then
    SPARK_VAE_LIFELINE="$inherited $(readlink "$pipe")"
    export SPARK_VAE_LIFELINE
  fi
  exec {lifeline}> "$pipe"
  "${command[@]}" <&0 2>&"$stderr" {stderr}>&- {lifeline}>&- &
  local job=$!
  # Under job control, wait would return at once, again and again, while the JVM is stopped.
  set +m
  exec {stderr}>&- {inherited}<&-
  trap 'kill -INT "$job" 2> /dev/null' INT
  trap 'kill -TERM "$job" 2> /dev/null' TERM HUP
  local status=0
  while wait "$job" && status=0 || status=$?; kill -0 "$job" 2> /dev/null; do :; done
  wait "$filter" || status=$((status > 0 ? status : 1))
  exit "$status"
}

# Runs submit/local with these arguments and returns its status; ends it, and this script, on a signal.
run_job() {
  local signal=
  # In the background, so that a signal does not wait for its end.
  "$here/local" "$@" <&0 &
  local job=$!
  trap 'signal=INT; kill -TERM "$job" 2> /dev/null' INT
  trap 'signal=TERM; kill -TERM "$job" 2> /dev/null' TERM HUP
  local status=0
  while wait "$job" && status=0 || status=$?; kill -0 "$job" 2> /dev/null; do :; done
  trap - INT TERM HUP
  [[ -z $signal ]] || kill -"$signal" "$BASHPID"
  return "$status"
}

# Prints why a run of the job failed, from a file of all that it said.
failure_in() {
  local line
  line=$(grep -aE '^spark-vae: error: |^submit/local: ' "$1" | tail -n 1)
  [[ -n $line ]] || line=$(tail -n 1 "$1")
  line=${line#spark-vae: error: }
  printf '%s\n' "${line:-it said nothing}"
}

# Runs a program of the jar that needs no Spark, by its class; `log` takes what it says on the side.
java_program() {
  # Java says at its start that the Vector API is an incubating module.
  "$java" --add-modules jdk.incubator.vector -Djava.awt.headless=true "$(log_option | tr -d '"')" \
    -cp "$jar:${SPARK_HOME:-$built_spark}/jars/*" "$@" 2>> "$log"
}

# Runs a part of the benchmarks in Java.
java_bench() {
  java_program org.sparkvae.job.bench.Bench "$@" || fail 1 "measuring failed; see $log: $(tail -n 1 "$log")"
}
