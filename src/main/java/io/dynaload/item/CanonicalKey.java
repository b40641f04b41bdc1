package io.dynaload.item;

/**
 * A primary key, equal to another exactly if DynamoDB takes the two for the same: numbers by value,
 * whatever their spelling, binaries by their bytes. Usable as a hash key.
 */
public final class CanonicalKey {}
