/*
 * A driver of two cards that are not there, for tests of what is asked of it. Memory of a card is
 * memory of the host; work is done at once, or kept where its stream is captured. Kernels are not
 * run, but what they are given is checked. What a driver would refuse, or not notice, is written
 * down.
 */
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned long long address;
typedef int (*work)(const void *argument, int run);
typedef struct graph graph;

/* What the driver hands out; it is never given back to the host, so that it is known when late. */
typedef struct { int kind; int gone; graph *capture; int seq; int joined; int isSide; int card; } stream;
typedef struct { int kind; stream *of; graph *capture; int seq; int card; } event;
enum { PARAMETERS = 512 };
typedef struct { int parameters; char types[PARAMETERS]; char name[64]; int card; } function;
typedef struct node { work run; void *argument; int isSide; struct node *next; } node;
struct graph { int kind; int gone; node *first; node **last; stream *origin; int spoilt; int launches; };

enum { STREAM = 11, EVENT = 12, GRAPH = 13, EXECUTABLE = 14, CARDS = 2, MOST = 4096,
       BYTES_OF_CARD = 1 << 30 };
enum { INVALID = 1, NO_MEMORY = 2, NO_CONTEXT = 201, ILLEGAL = 700, UNSUPPORTED = 900, UNJOINED = 904,
       ISOLATION = 905, IN_CAPTURE = 907 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct { char *from; size_t bytes; int isHost; int card; } memory[MOST];
int fake_libraries;

static int graphs, executables, replays, launches;
static size_t limit = BYTES_OF_CARD, used;
static char failures[1 << 16], state[256];
static int cards[CARDS];
static __thread void *context;
static __thread graph *capturing;
static stream *sides[MOST];
static int sideCount;

int fake_fail(int status, const char *format, ...) {
  size_t length = strlen(failures);
  va_list all;
  va_start(all, format);
  if (length < sizeof failures - 300) {
    vsnprintf(failures + length, 256, format, all);
    strcat(failures, "\n");
  }
  va_end(all);
  return status;
}

const char *fake_failures(void) { return failures; }

void fake_limit(long bytes) { limit = bytes; }

const char *fake_state(void) {
  int arrays = 0;
  for (int i = 0; i < MOST; i++) arrays += memory[i].from != NULL && !memory[i].isHost;
  sprintf(state, "arrays %d, bytes %zu, graphs %d, executables %d, replays %d, launches %d, libraries %d",
          arrays, used, graphs, executables, replays, launches, fake_libraries);
  return state;
}

/* The number of the current card; another one where there is none. */
static int here(void) { return (int *) context - cards; }

/* Whether so many bytes from an address on are a card's; or, where kernels read, the host's. */
static int holds(address from, size_t bytes, int orHost, int card) {
  for (int i = 0; i < MOST; i++) {
    address begin = (address) memory[i].from;
    if (begin && from >= begin && from + bytes <= begin + memory[i].bytes && (memory[i].isHost ? orHost : memory[i].card == card))
      return 1;
  }
  return 0;
}

static int live(address from, size_t bytes, int card, const char *what) {
  return holds(from, bytes, 0, card) ? 0 : fake_fail(ILLEGAL, "%s: %zu bytes at %llx are not the card's", what, bytes, from);
}

int fake_live(address from, size_t bytes, const char *what) { return live(from, bytes, here(), what); }

static int current(const char *what) {
  return here() >= 0 && here() < CARDS ? 0 : fake_fail(NO_CONTEXT, "%s without a current context", what);
}

/* What may not be asked for by a thread that captures. */
static int outside(const char *what) {
  int status = current(what);
  if (!status && capturing) {
    capturing->spoilt = 1;
    status = fake_fail(UNSUPPORTED, "%s during a capture", what);
  }
  return status;
}

static int is_stream(stream *of, const char *what) {
  if (!of || of->kind != STREAM) return fake_fail(INVALID, "%s on no stream", what);
  return of->card == here() ? 0 : fake_fail(INVALID, "%s on a stream of another card", what);
}

/* Does work, or keeps it; for the library of products as well. */
int fake_then(stream *on, const char *what, work run, const void *argument, size_t bytes) {
  int status = current(what);
  pthread_mutex_lock(&lock);
  if (!status) status = is_stream(on, what);
  if (!status && capturing && on->capture != capturing)
    status = fake_fail(ISOLATION, "%s beside a capture", what);
  if (!status) status = run(argument, on->capture == NULL);
  if (!status && on->capture) {
    node *kept = calloc(1, sizeof *kept);
    kept->run = run;
    kept->argument = memcpy(malloc(bytes), argument, bytes);
    kept->isSide = on->isSide;
    *on->capture->last = kept;
    on->capture->last = &kept->next;
    on->seq++;
  }
  pthread_mutex_unlock(&lock);
  return status;
}

static int is_device(int device) { return device == 40 || device == 41 ? 0 : INVALID; }

int cuInit(int flags) { return flags ? INVALID : 0; }
int cuDriverGetVersion(int *version) { *version = 12040; return 0; }
int cuDeviceGetCount(int *count) { *count = CARDS; return 0; }
int cuDeviceGet(int *device, int ordinal) { *device = ordinal + 40; return ordinal >= 0 && ordinal < CARDS ? 0 : INVALID; }
int cuDeviceGetName(char *name, int length, int device) { strncpy(name, "Fake", length); return is_device(device); }
int cuDeviceGetAttribute(int *value, int attribute, int device) { *value = attribute == 75 ? 8 : 6; return is_device(device); }
int cuDeviceTotalMem_v2(size_t *bytes, int device) { *bytes = BYTES_OF_CARD; return is_device(device); }
int cuDevicePrimaryCtxRetain(void **retained, int device) { *retained = cards + device - 40; return is_device(device); }
int cuCtxSetCurrent(void *of) { context = of; return 0; }
int cuGetErrorName(int error, const char **name) { *name = error == NO_MEMORY ? "CUDA_ERROR_OUT_OF_MEMORY" : "CUDA_ERROR"; return 0; }
int cuGetErrorString(int error, const char **text) { *text = error == NO_MEMORY ? "out of memory" : "see the failures"; return 0; }

int cuMemGetInfo_v2(size_t *left, size_t *total) {
  *left = limit - used;
  *total = BYTES_OF_CARD;
  return current("cuMemGetInfo");
}

static int take(void **at, size_t bytes, int isHost, const char *what) {
  int status = outside(what);
  pthread_mutex_lock(&lock);
  if (!status && !bytes) status = fake_fail(INVALID, "%s of nothing", what);
  if (!status && !isHost && used + bytes > limit) status = NO_MEMORY;
  if (!status) {
    int i = 0;
    while (memory[i].from) i++;
    memory[i].from = memset(malloc(bytes + 512), 0xFF, bytes);
    memory[i].bytes = bytes;
    memory[i].isHost = isHost;
    memory[i].card = here();
    used += isHost ? 0 : bytes;
    *at = memory[i].from;
  }
  pthread_mutex_unlock(&lock);
  return status;
}

int cuMemAlloc_v2(address *at, size_t bytes) { return take((void **) at, bytes, 0, "cuMemAlloc"); }
int cuMemHostAlloc(void **at, size_t bytes, int flags) { return flags ? INVALID : take(at, bytes, 1, "cuMemHostAlloc"); }

int cuMemFree_v2(address at) {
  int status = outside("cuMemFree");
  pthread_mutex_lock(&lock);
  int i = 0;
  while (i < MOST && ((address) memory[i].from != at || memory[i].isHost || memory[i].card != here())) i++;
  if (!status && (i == MOST || !at)) status = fake_fail(INVALID, "cuMemFree of what is not allocated");
  if (!status) {
    used -= memory[i].bytes;
    memory[i].from = NULL;
  }
  pthread_mutex_unlock(&lock);
  return status;
}

typedef struct { address to, from; size_t bytes; } copy;

static int copies(const copy *of, int run, int toCard, int fromCard) {
  int status = toCard ? fake_live(of->to, of->bytes, "a copy to the card") : 0;
  if (!status && fromCard) status = fake_live(of->from, of->bytes, "a copy from the card");
  if (!status && run) memmove((void *) of->to, (void *) of->from, of->bytes);
  return status;
}

static int in(const void *of, int run) { return copies(of, run, 1, 0); }
static int out(const void *of, int run) { return copies(of, run, 0, 1); }
static int within(const void *of, int run) { return copies(of, run, 1, 1); }
static int cleared(const void *argument, int run) {
  const copy *of = argument;
  int status = fake_live(of->to, of->bytes, "a clear");
  if (!status && run) memset((void *) of->to, (int) of->from, of->bytes);
  return status;
}

typedef struct { copy of; int to, from; } peers;

static int across(const void *argument, int run) {
  const peers *p = argument;
  int status = live(p->of.to, p->of.bytes, p->to, "a copy to another card");
  if (!status) status = live(p->of.from, p->of.bytes, p->from, "a copy from another card");
  if (!status && run) memmove((void *) p->of.to, (void *) p->of.from, p->of.bytes);
  return status;
}

int cuMemcpyPeerAsync(address to, int *of, address from, int *ofFrom, size_t bytes, stream *on) {
  peers p = {{to, from, bytes}, of - cards, ofFrom - cards};
  return fake_then(on, "cuMemcpyPeer", across, &p, sizeof p);
}

#define COPY(to, from, bytes) &(copy) {(address) (to), (address) (from), bytes}, sizeof(copy)
int cuMemcpyHtoDAsync_v2(address to, void *from, size_t bytes, stream *on) { return fake_then(on, "cuMemcpyHtoD", in, COPY(to, from, bytes)); }
int cuMemcpyDtoHAsync_v2(void *to, address from, size_t bytes, stream *on) { return fake_then(on, "cuMemcpyDtoH", out, COPY(to, from, bytes)); }
int cuMemcpyDtoDAsync_v2(address to, address from, size_t bytes, stream *on) { return fake_then(on, "cuMemcpyDtoD", within, COPY(to, from, bytes)); }
int cuMemsetD8Async(address to, char value, size_t bytes, stream *on) { return fake_then(on, "cuMemset", cleared, COPY(to, value, bytes)); }

/* Of a module it knows the entry's name and the types of its parameters. */
int cuModuleLoadDataEx(void **module, const char *image, int options, int *keys, void **values) {
  int status = outside("cuModuleLoad");
  const char *entry = strstr(image, ".entry ");
  if (status) return status;
  if (!entry || options != 2 || keys[0] != 5 || keys[1] != 6 || (size_t) values[1] < 64) {
    if (options == 2) strcpy(values[0], "ptxas error: no entry");
    return 218;
  }
  function *loaded = calloc(1, sizeof *loaded);
  loaded->card = here();
  sscanf(entry, ".entry %63[^(]", loaded->name);
  const char *end = strchr(entry, ')');
  for (const char *at = entry; (at = strstr(at, ".param .")) && at < end; at += 8)
    loaded->types[loaded->parameters++] = at[8] == 's' && at[9] == '6' ? 'a' : at[9] == '6' ? '8' : '4';
  *module = loaded;
  return 0;
}

int cuModuleGetFunction(void **found, function *module, const char *name) {
  *found = module;
  return strcmp(module->name, name) ? 500 : current("cuModuleGetFunction");
}

typedef struct { function *of; address values[PARAMETERS]; } launch;

static int launched(const void *argument, int run) {
  const launch *of = argument;
  for (int i = 0; i < of->of->parameters; i++)
    if (of->of->types[i] == 'a' && !holds(of->values[i], 1, 1, of->of->card))
      return fake_fail(ILLEGAL, "parameter %d of %s is no address", i, of->of->name);
  launches += run;
  return 0;
}

int cuLaunchKernel(function *of, unsigned x, unsigned y, unsigned z, unsigned bx, unsigned by, unsigned bz,
                   unsigned shared, stream *on, void **arguments, void **extra) {
  launch kept = {.of = of};
  if (!x || !y || !z || y > 65535 || z > 65535 || !bx || bx * by * bz > 1024 || shared || extra || of->parameters > PARAMETERS
      || of->card != here())
    return fake_fail(INVALID, "a launch of %s in a bad grid", of->name);
  for (int i = 0; i < of->parameters; i++)
    memcpy(&kept.values[i], arguments[i], of->types[i] == '4' ? 4 : 8);
  return fake_then(on, of->name, launched, &kept, sizeof kept);
}

#include "capture.c"
