package io.dynaload.source.lindorm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Combinations of the values of several dimensions, few of them, in which each two values of two
 * dimensions meet at least once. The same for the same dimensions.
 */
final class Pairwise {
  private static final int CANDIDATES = 200;

  private record Pair(int dimension, int value, int otherDimension, int otherValue) {}

  private Pairwise() {}

  /**
   * @param sizes how many values each dimension has
   * @return for each combination the number of the value in each dimension
   */
  static List<int[]> of(int... sizes) {
    Set<Pair> missing = new HashSet<>();
    for (int a = 0; a < sizes.length; a++) {
      for (int b = a + 1; b < sizes.length; b++) {
        for (int i = 0; i < sizes[a] * sizes[b]; i++) {
          missing.add(new Pair(a, i / sizes[b], b, i % sizes[b]));
        }
      }
    }
    Random random = new Random(1);
    List<int[]> combinations = new ArrayList<>();
    while (!missing.isEmpty()) {
      int[] best = random(random, sizes);
      for (int i = 0; i < CANDIDATES; i++) {
        int[] candidate = random(random, sizes);
        if (met(candidate, missing).size() > met(best, missing).size()) {
          best = candidate;
        }
      }
      Set<Pair> met = met(best, missing);
      if (missing.removeAll(met) && !met.isEmpty()) {
        combinations.add(best);
      }
    }
    return combinations;
  }

  private static int[] random(Random random, int[] sizes) {
    int[] values = new int[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      values[i] = random.nextInt(sizes[i]);
    }
    return values;
  }

  private static Set<Pair> met(int[] values, Set<Pair> missing) {
    Set<Pair> met = new HashSet<>();
    for (int a = 0; a < values.length; a++) {
      for (int b = a + 1; b < values.length; b++) {
        Pair pair = new Pair(a, values[a], b, values[b]);
        if (missing.contains(pair)) {
          met.add(pair);
        }
      }
    }
    return met;
  }
}
