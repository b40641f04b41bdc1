/**
 * Expressions over an item: CEL, parsed and type-checked by dev.cel, evaluated here over exact
 * decimals.
 */
@NullMarked
package io.dynaload.transform.expression;

import org.jspecify.annotations.NullMarked;
