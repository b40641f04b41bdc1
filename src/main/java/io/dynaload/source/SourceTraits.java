package io.dynaload.source;

/**
 * What a source declares about itself, so that the pipeline need not know which one it is.
 *
 * @param bounded whether it ends by itself
 * @param uniqueKeys whether no two of its items can have the same source key, so that their order
 *     does not matter
 * @param deletes whether it may tell of deletes
 */
public record SourceTraits(boolean bounded, boolean uniqueKeys, boolean deletes) {}
