package org.sparkvae.device.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/** The functions of libcuda that are used (NVIDIA, "CUDA Driver API"). */
final class LibCuda {
  static {
    Native.register(LibCuda.class, NativeLibrary.getInstance("libcuda.so.1"));
  }

  private LibCuda() {}

  static native int cuInit(int flags);

  static native int cuDriverGetVersion(IntByReference version);

  static native int cuDeviceGetCount(IntByReference count);

  static native int cuDeviceGet(IntByReference device, int ordinal);

  static native int cuDeviceGetName(byte[] name, int length, int device);

  static native int cuDeviceGetAttribute(IntByReference value, int attribute, int device);

  static native int cuDeviceTotalMem_v2(LongByReference bytes, int device);

  static native int cuDevicePrimaryCtxRetain(PointerByReference context, int device);

  static native int cuCtxSetCurrent(Pointer context);

  static native int cuMemGetInfo_v2(LongByReference free, LongByReference total);

  static native int cuMemAlloc_v2(LongByReference address, long bytes);

  static native int cuMemFree_v2(long address);

  static native int cuMemHostAlloc(PointerByReference memory, long bytes, int flags);

  static native int cuMemcpyHtoDAsync_v2(long to, Pointer from, long bytes, Pointer stream);

  static native int cuMemcpyDtoHAsync_v2(Pointer to, long from, long bytes, Pointer stream);

  static native int cuMemcpyDtoDAsync_v2(long to, long from, long bytes, Pointer stream);

  static native int cuMemcpyPeerAsync(
      long to, Pointer contextOfTo, long from, Pointer contextOfFrom, long bytes, Pointer stream);

  static native int cuMemsetD8Async(long to, byte value, long count, Pointer stream);

  static native int cuModuleLoadDataEx(
      PointerByReference module, byte[] image, int options, int[] keys, Memory values);

  static native int cuModuleGetFunction(PointerByReference function, Pointer module, String name);

  static native int cuLaunchKernel(
      Pointer function,
      int gridX,
      int gridY,
      int gridZ,
      int blockX,
      int blockY,
      int blockZ,
      int sharedBytes,
      Pointer stream,
      Pointer arguments,
      Pointer extra);

  static native int cuStreamCreate(PointerByReference stream, int flags);

  static native int cuEventCreate(PointerByReference event, int flags);

  static native int cuEventRecord(Pointer event, Pointer stream);

  static native int cuEventSynchronize(Pointer event);

  static native int cuStreamWaitEvent(Pointer stream, Pointer event, int flags);

  static native int cuStreamSynchronize(Pointer stream);

  static native int cuStreamBeginCapture_v2(Pointer stream, int mode);

  static native int cuStreamEndCapture(Pointer stream, PointerByReference graph);

  static native int cuGraphInstantiateWithFlags(
      PointerByReference executable, Pointer graph, long flags);

  static native int cuGraphLaunch(Pointer executable, Pointer stream);

  static native int cuGraphDestroy(Pointer graph);

  static native int cuGraphExecDestroy(Pointer executable);

  static native int cuGetErrorName(int error, PointerByReference name);

  static native int cuGetErrorString(int error, PointerByReference text);
}
