/* Streams, events and captures of the driver in driver.c, which includes this. */

int cuStreamCreate(stream **made, int flags) {
  *made = calloc(1, sizeof **made);
  (*made)->kind = STREAM;
  (*made)->card = here();
  return flags == 1 ? outside("cuStreamCreate") : INVALID;
}

int cuEventCreate(event **made, int flags) {
  *made = calloc(1, sizeof **made);
  (*made)->kind = EVENT;
  (*made)->card = here();
  return flags == 2 ? current("cuEventCreate") : INVALID;
}

int cuEventRecord(event *of, stream *on) {
  int status = current("cuEventRecord");
  if (!status) status = is_stream(on, "cuEventRecord");
  if (!status && capturing && on->capture != capturing) status = fake_fail(ISOLATION, "an event beside a capture");
  if (!status && of->card != on->card) status = fake_fail(INVALID, "an event of another card");
  if (!status) *of = (event) {EVENT, on, on->capture, on->seq, on->card};
  return status;
}

/* A stream joins a capture by waiting for an event of it; its origin then waits for the stream. */
int cuStreamWaitEvent(stream *on, event *of, int flags) {
  int status = current("cuStreamWaitEvent");
  if (!status) status = is_stream(on, "cuStreamWaitEvent");
  if (!status && (!of->of || flags)) status = fake_fail(INVALID, "a wait for nothing");
  if (!status && of->capture != on->capture && (on->capture || of->capture->gone))
    status = fake_fail(ISOLATION, "a wait across captures");
  if (status || !of->capture) return status;
  if (!on->capture) {
    on->capture = of->capture;
    on->isSide = 1;
    on->seq = 1;
    on->joined = 0;
    sides[sideCount++ % MOST] = on;
  }
  if (of->of->isSide && !on->isSide) of->of->joined = of->seq;
  return 0;
}

int cuEventSynchronize(event *of) {
  return of->capture ? fake_fail(IN_CAPTURE, "a wait of the host for a captured event") : outside("cuEventSynchronize");
}

int cuStreamSynchronize(stream *on) {
  int status = is_stream(on, "cuStreamSynchronize");
  return status ? status : outside("cuStreamSynchronize");
}

int cuStreamBeginCapture_v2(stream *on, int mode) {
  int status = outside("cuStreamBeginCapture");
  if (!status) status = is_stream(on, "cuStreamBeginCapture");
  if (status || mode != 1) return status ? status : INVALID;
  capturing = calloc(1, sizeof *capturing);
  capturing->kind = GRAPH;
  capturing->last = &capturing->first;
  capturing->origin = on;
  on->capture = capturing;
  return 0;
}

int cuStreamEndCapture(stream *on, graph **made) {
  graph *ended = capturing;
  *made = NULL;
  capturing = NULL;
  if (!ended || ended->origin != on) return fake_fail(INVALID, "an end of no capture");
  int status = ended->spoilt ? 901 : 0;
  on->capture = NULL;
  pthread_mutex_lock(&lock);
  for (int i = 0; i < MOST; i++) {
    stream *side = sides[i];
    if (side && side->capture == ended) {
      if (!status && side->joined < side->seq) status = fake_fail(UNJOINED, "a stream has not joined");
      side->capture = NULL;
      side->isSide = 0;
      sides[i] = NULL;
    }
  }
  if (!status) {
    graphs++;
    *made = ended;
  }
  ended->gone = status != 0;
  pthread_mutex_unlock(&lock);
  return status;
}

int cuGraphInstantiateWithFlags(graph **made, graph *of, unsigned long long flags) {
  int status = outside("cuGraphInstantiate");
  if (!status && (of->kind != GRAPH || of->gone || flags)) status = fake_fail(INVALID, "no graph is instantiated");
  if (!status && used + 1024 > limit) status = NO_MEMORY;
  if (status) return status;
  *made = calloc(1, sizeof **made);
  **made = *of;
  (*made)->kind = EXECUTABLE;
  __sync_fetch_and_add(&executables, 1);
  return 0;
}

/* Work aside is done last in every other launch, and in the order of its capture in the others. */
int cuGraphLaunch(graph *of, stream *on) {
  int status = outside("cuGraphLaunch");
  if (!status) status = is_stream(on, "cuGraphLaunch");
  if (!status && (of->kind != EXECUTABLE || of->gone)) status = fake_fail(INVALID, "a launch of a graph that is gone");
  pthread_mutex_lock(&lock);
  int apart = !status && of->launches++ % 2;
  for (int side = 0; side <= apart; side++)
    for (node *n = of->first; n && !status; n = n->next)
      if (!apart || n->isSide == side) status = n->run(n->argument, 1);
  replays += !status;
  pthread_mutex_unlock(&lock);
  return status;
}

static int destroyed(graph *of, int kind, int *count) {
  int status = outside("a graph's end");
  if (!status && (of->kind != kind || of->gone)) status = fake_fail(INVALID, "a graph ends twice");
  if (!status) {
    of->gone = 1;
    __sync_fetch_and_sub(count, 1);
  }
  return status;
}

int cuGraphDestroy(graph *of) { return destroyed(of, GRAPH, &graphs); }
int cuGraphExecDestroy(graph *of) { return destroyed(of, EXECUTABLE, &executables); }
