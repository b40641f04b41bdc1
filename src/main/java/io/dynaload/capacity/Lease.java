package io.dynaload.capacity;

/**
 * The answer to a {@link LeaseRequest}.
 *
 * @param units that the subtask may use; 0 if it was not its turn for long, so that it knows that
 *     somebody is there
 * @param limit units a second of the whole job
 */
public record Lease(double units, double limit) {}
