package io.dynaload.deadletter;

/**
 * Where a letter stands.
 *
 * @param offset of its line in the file, in bytes
 * @param line from 1
 */
public record LetterPlace(String file, long offset, long line) {}
