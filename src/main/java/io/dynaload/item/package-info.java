/**
 * The record that travels: an item in DynamoDB's wire format, its type information, its size and
 * its key.
 */
@NullMarked
package io.dynaload.item;

import org.jspecify.annotations.NullMarked;
