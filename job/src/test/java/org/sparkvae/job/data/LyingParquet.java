package org.sparkvae.job.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * A Parquet file of one required column {@code image}, made page by page, so that sizes need not be
 * true.
 *
 * @param codec of the pages
 * @param values that the footer counts
 * @param unpacked bytes that the footer says the column has when unpacked
 * @param pages of the column
 */
record LyingParquet(CompressionCodec codec, long values, long unpacked, List<Page> pages) {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** A page as it lies in the file. */
  record Page(PageHeader header, byte[] body) {}

  /** A page of plain values that is said to unpack to so many bytes. */
  static Page plain(int values, int unpacked, byte[] body) {
    return data(Encoding.PLAIN, values, unpacked, body);
  }

  /** A page of values in an encoding. */
  static Page data(Encoding encoding, int values, int unpacked, byte[] body) {
    PageHeader header = new PageHeader(PageType.DATA_PAGE, unpacked, body.length);
    header.setData_page_header(new DataPageHeader(values, encoding, Encoding.RLE, Encoding.RLE));
    return new Page(header, body);
  }

  /** A page of plain values of the second version. */
  static Page plainV2(int values, int unpacked, byte[] body) {
    PageHeader header = new PageHeader(PageType.DATA_PAGE_V2, unpacked, body.length);
    header.setData_page_header_v2(new DataPageHeaderV2(values, 0, values, Encoding.PLAIN, 0, 0));
    return new Page(header, body);
  }

  /** A page of a dictionary. */
  static Page dictionary(int values, int unpacked, byte[] body) {
    PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, unpacked, body.length);
    header.setDictionary_page_header(new DictionaryPageHeader(values, Encoding.PLAIN));
    return new Page(header, body);
  }

  /** Cells as plain values. */
  static byte[] cells(byte[]... cells) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] cell : cells) {
      byte[] length =
          ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(cell.length).array();
      out.writeBytes(length);
      out.writeBytes(cell);
    }
    return out.toByteArray();
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      out.write(MAGIC);
      long dictionaryAt = -1;
      long dataAt = -1;
      for (Page page : pages) {
        if (page.header().getType() == PageType.DICTIONARY_PAGE) {
          dictionaryAt = out.size();
        } else if (dataAt < 0) {
          dataAt = out.size();
        }
        Util.writePageHeader(page.header(), out);
        out.write(page.body());
      }
      ColumnMetaData column =
          new ColumnMetaData(
              Type.BYTE_ARRAY,
              List.of(Encoding.PLAIN, Encoding.RLE),
              List.of("image"),
              codec,
              values,
              unpacked,
              out.size() - MAGIC.length,
              dataAt);
      if (dictionaryAt >= 0) {
        column.setDictionary_page_offset(dictionaryAt);
      }
      ColumnChunk chunk = new ColumnChunk(MAGIC.length);
      chunk.setMeta_data(column);
      RowGroup group = new RowGroup(List.of(chunk), unpacked, values);
      SchemaElement root = new SchemaElement("t");
      root.setNum_children(1);
      SchemaElement image = new SchemaElement("image");
      image.setType(Type.BYTE_ARRAY);
      image.setRepetition_type(FieldRepetitionType.REQUIRED);
      FileMetaData footer = new FileMetaData(1, List.of(root, image), values, List.of(group));
      int footerAt = out.size();
      Util.writeFileMetaData(footer, out);
      int length = out.size() - footerAt;
      out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
      out.write(MAGIC);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
