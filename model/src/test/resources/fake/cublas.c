/* A library of products for the driver in driver.c, that computes in memory of the host. */
#include <stdio.h>
#include <stdlib.h>

typedef unsigned long long address;
typedef struct { void *stream; address workspace; size_t bytes; int gone; } library;
typedef struct { int transA, transB, m, n, k, lda, ldb, ldc; float alpha, beta; address a, b, c; } product;

extern int fake_fail(int status, const char *format, ...);
extern int fake_live(address from, size_t bytes, const char *what);
extern int fake_then(void *on, const char *what, int (*run)(const void *, int), const void *argument, size_t bytes);

extern int fake_libraries;

int cublasCreate_v2(library **made) {
#ifdef REFUSES
  return 1;
#endif
  *made = calloc(1, sizeof **made);
  fake_libraries++;
  return 0;
}

int cublasDestroy_v2(library *of) {
  if (of->gone++) return fake_fail(1, "a library is destroyed twice");
  fake_libraries--;
  return 0;
}

int cublasGetVersion_v2(library *of, int *version) { *version = 120304; return of->gone; }
int cublasSetStream_v2(library *of, void *stream) { of->stream = stream; return of->gone; }

#ifndef OLD
int cublasSetWorkspace_v2(library *of, address at, size_t bytes) {
  of->workspace = at;
  of->bytes = bytes;
  return fake_live(at, bytes, "a workspace");
}
#endif

/* Bytes of a matrix by columns: all of the last one need not be there. */
static size_t bytes(int rows, int columns, int ld) { return 4 * ((size_t) ld * (columns - 1) + rows); }

/* As cuBLAS has it: matrices lie by columns. */
static int multiply(const void *argument, int run) {
  const product *p = argument;
  int status = fake_live(p->a, p->transA ? bytes(p->k, p->m, p->lda) : bytes(p->m, p->k, p->lda), "A");
  if (!status) status = fake_live(p->b, p->transB ? bytes(p->n, p->k, p->ldb) : bytes(p->k, p->n, p->ldb), "B");
  if (!status) status = fake_live(p->c, bytes(p->m, p->n, p->ldc), "C");
  if (status || !run) return status;
  const float *a = (const float *) p->a, *b = (const float *) p->b;
  float *c = (float *) p->c;
  for (int j = 0; j < p->n; j++)
    for (int i = 0; i < p->m; i++) {
      float sum = 0;
      for (int l = 0; l < p->k; l++)
        sum += (p->transA ? a[l + i * p->lda] : a[i + l * p->lda]) * (p->transB ? b[j + l * p->ldb] : b[l + j * p->ldb]);
      float *at = c + i + j * p->ldc;
      *at = p->alpha * sum + (p->beta ? p->beta * *at : 0);
    }
  return 0;
}

int cublasGemmEx(library *of, int transA, int transB, int m, int n, int k, const float *alpha, address a, int typeA,
                 int lda, address b, int typeB, int ldb, const float *beta, address c, int typeC, int ldc,
                 int computation, int algorithm) {
  product p = {transA, transB, m, n, k, lda, ldb, ldc, *alpha, *beta, a, b, c};
  if (of->gone || typeA || typeB || typeC || algorithm != -1 || (computation != 68 && computation != 77 && computation != 75))
    return fake_fail(7, "cublasGemmEx of other types");
  if (m < 1 || n < 1 || k < 1 || lda < (transA ? k : m) || ldb < (transB ? n : k) || ldc < m)
    return fake_fail(7, "cublasGemmEx of bad sizes");
  if (fake_live(of->workspace, of->bytes, "a workspace")) return 7;
  return fake_then(of->stream, "cublasGemmEx", multiply, &p, sizeof p) ? 13 : 0;
}
