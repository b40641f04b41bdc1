package io.dynaload.source.storage;

import org.jspecify.annotations.Nullable;

/**
 * What a file has to turn out to be once it has been read; what it is not fails the run and names
 * the file.
 *
 * @param md5 of the bytes as stored, base64; null where it is not known
 * @param records that the file holds, rejected ones included; negative where it is not known
 */
public record Expectation(@Nullable String md5, long records) {
  public static final Expectation NONE = new Expectation(null, -1);
}
