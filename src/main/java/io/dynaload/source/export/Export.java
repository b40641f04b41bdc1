package io.dynaload.source.export;

import io.dynaload.error.ImportException;
import io.dynaload.source.SourceTraits;
import io.dynaload.source.format.RecordFormat;
import io.dynaload.source.storage.FileToRead;
import io.dynaload.source.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** An export as it was found. A part of the job graph; it holds what its manifest says. */
interface Export extends Serializable {
  SourceTraits traits();

  RecordFormat format();

  /** What makes it this export, as a person can compare it. */
  String fingerprint();

  /**
   * Looks at what can be known before the data are read.
   *
   * @return what the user should know
   * @throws ImportException with what is wrong with it
   */
  List<String> inspect(Storage storage, boolean verify) throws IOException;

  /**
   * Its data files as they are now.
   *
   * @param verify whether what they turn out to hold is compared with the manifest
   * @throws ImportException (SOURCE) that names the first one which is not there
   */
  List<FileToRead> files(Storage storage, boolean verify) throws IOException;
}
