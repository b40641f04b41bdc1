package io.dynaload.source.storage;

import io.dynaload.source.format.FilePart;
import io.dynaload.source.format.RecordFormat.Splitting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Deals files out to splits. A file that may be cut is cut every 16 MiB. Files and ranges are
 * shuffled, so that what is read together is spread over all of them, and dealt out a dozen to a
 * split, or fewer where there would be fewer than four splits to a reader. The same files give the
 * same plan.
 *
 * <p>Where a file is cut depends on its size alone, so the origins of its items are the same at any
 * parallelism. Its first range is named as the file is, a later one has {@code #} and the offset
 * that it begins at behind that. Only a whole file has no end.
 */
public final class FileSplitPlanner {
  static final int PARTS_OF_A_SPLIT = 12;
  static final int SPLITS_OF_A_READER = 4;
  static final long RANGE = 16L << 20;

  private static final long SEED = 7;

  private FileSplitPlanner() {}

  /**
   * @param splitting whether the files' format, if they are not compressed, lets them be cut
   * @param parallelism of the readers
   * @param firstId number of the first split; the others' follow
   */
  public static List<FileSplit> plan(
      List<FileToRead> files, Splitting splitting, int parallelism, long firstId) {
    List<SplitPart> parts = new ArrayList<>();
    files.stream()
        .sorted(Comparator.comparing(file -> file.object().uri()))
        .forEach(file -> cut(file, splitting, parts));
    Collections.shuffle(parts, new Random(SEED));
    int filled = (parts.size() + PARTS_OF_A_SPLIT - 1) / PARTS_OF_A_SPLIT;
    int count = Math.max(filled, Math.min(parts.size(), SPLITS_OF_A_READER * parallelism));
    List<FileSplit> splits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<SplitPart> dealt = new ArrayList<>();
      for (int p = i; p < parts.size(); p += count) {
        dealt.add(parts.get(p));
      }
      splits.add(new FileSplit("files-" + (firstId + i), dealt));
    }
    return splits;
  }

  /** Whether a file becomes several parts. */
  public static boolean isCut(FileToRead file, Splitting splitting) {
    return splitting == Splitting.AT_ANY_BYTE
        && file.compression() == Compression.NONE
        && file.expected().equals(Expectation.NONE)
        && file.object().size() >= 2 * RANGE;
  }

  private static void cut(FileToRead file, Splitting splitting, List<SplitPart> to) {
    if (!isCut(file, splitting)) {
      to.add(SplitPart.unread(file, FilePart.whole(file.unit())));
      return;
    }
    long size = file.object().size();
    for (long start = 0; start + RANGE <= size; start += RANGE) {
      boolean last = start + 2 * RANGE > size;
      String unit = start == 0 ? file.unit() : file.unit() + "#" + start;
      long end = last ? size : start + RANGE;
      to.add(SplitPart.unread(file, FilePart.between(unit, start, end)));
    }
  }
}
