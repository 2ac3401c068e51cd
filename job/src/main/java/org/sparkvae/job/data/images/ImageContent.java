package org.sparkvae.job.data.images;

/** How a block holds its images: in the heap, or in a file on a local disk. */
sealed interface ImageContent permits HeapContent, StoredContent {

  int size();

  /** Values per image; 0 where there is no image. */
  int values();

  /** Copies an image with all that belongs to it. */
  void copy(int image, HeapContent to, int at);

  /** How a person finds an image. */
  ImageName name(int image);

  /** The same images in arrays: itself, or read from the file into fresh ones. */
  HeapContent inHeap();
}
