/* A library of products for the driver in driver.c, that computes in memory of the host. */
#include <stdio.h>
#include <stdlib.h>

typedef unsigned long long address;
typedef struct { void *stream; address workspace; size_t bytes; int gone; } library;
/* Types of values, as cuBLAS numbers them. */
enum { FLOAT_32 = 0, BFLOAT_16 = 14 };
typedef struct { int transA, transB, m, n, k, lda, ldb, ldc, factors; float alpha, beta; address a, b, c; } product;

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

/* Values of a matrix by columns: all of the last one need not be there. */
static size_t values(int rows, int columns, int ld) { return (size_t) ld * (columns - 1) + rows; }

static float factor(address matrix, int type, int place) {
  if (type == FLOAT_32) return ((const float *) matrix)[place];
  union { unsigned bits; float value; } wide = {(unsigned) ((const unsigned short *) matrix)[place] << 16};
  return wide.value;
}

/* As cuBLAS has it: matrices lie by columns. */
static int multiply(const void *argument, int run) {
  const product *p = argument;
  int size = p->factors == BFLOAT_16 ? 2 : 4;
  int status = fake_live(p->a, size * (p->transA ? values(p->k, p->m, p->lda) : values(p->m, p->k, p->lda)), "A");
  if (!status) status = fake_live(p->b, size * (p->transB ? values(p->n, p->k, p->ldb) : values(p->k, p->n, p->ldb)), "B");
  if (!status) status = fake_live(p->c, 4 * values(p->m, p->n, p->ldc), "C");
  if (status || !run) return status;
  float *c = (float *) p->c;
  for (int j = 0; j < p->n; j++)
    for (int i = 0; i < p->m; i++) {
      float sum = 0;
      for (int l = 0; l < p->k; l++)
        sum += factor(p->a, p->factors, p->transA ? l + i * p->lda : i + l * p->lda)
            * factor(p->b, p->factors, p->transB ? j + l * p->ldb : l + j * p->ldb);
      float *at = c + i + j * p->ldc;
      *at = p->alpha * sum + (p->beta ? p->beta * *at : 0);
    }
  return 0;
}

int cublasGemmEx(library *of, int transA, int transB, int m, int n, int k, const float *alpha, address a, int typeA,
                 int lda, address b, int typeB, int ldb, const float *beta, address c, int typeC, int ldc,
                 int computation, int algorithm) {
  product p = {transA, transB, m, n, k, lda, ldb, ldc, typeA, *alpha, *beta, a, b, c};
  if (of->gone || typeA != typeB || typeC != FLOAT_32 || algorithm != -1
      || !(typeA == FLOAT_32 && (computation == 68 || computation == 77) || typeA == BFLOAT_16 && computation == 68))
    return fake_fail(7, "cublasGemmEx of other types");
  if (m < 1 || n < 1 || k < 1 || lda < (transA ? k : m) || ldb < (transB ? n : k) || ldc < m)
    return fake_fail(7, "cublasGemmEx of bad sizes");
  if (fake_live(of->workspace, of->bytes, "a workspace")) return 7;
  return fake_then(of->stream, "cublasGemmEx", multiply, &p, sizeof p) ? 13 : 0;
}
