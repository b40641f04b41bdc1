package io.dynaload.source.format;

import java.io.IOException;

/**
 * Files of Amazon Ion, text or binary, as the first bytes say: one struct after another, each an
 * item, or one that holds nothing but the struct {@code Item}, which is the item. In text, a record
 * that is not closed ends before the next line that begins with a brace or with {@code $ion_1_0}.
 */
record IonFormat() implements RecordFormat {
  private static final long serialVersionUID = 1L;

  @Override
  public Splitting splitting() {
    return Splitting.NONE;
  }

  @Override
  public RecordCursor open(FileBytes file, FilePart part) throws IOException {
    ByteWindow window = new ByteWindow(file.openAt(0), 0);
    while (window.length() < IonBinary.VERSION_MARKER.length && window.more()) {}
    if (IonBinary.isBinary(window)) {
      return new IonBinary(window, part, new IonDecoder(false));
    }
    if (part.offset() > 0) {
      window.close();
      window = new ByteWindow(file.openAt(part.offset()), part.offset());
    } else {
      window.dropByteOrderMark();
    }
    return new IonText(window, part, new IonDecoder(false));
  }
}
