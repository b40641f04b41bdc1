/**
 * Stage 1: where items come from. A connector is one package below and one line in {@code
 * META-INF/services}.
 */
@NullMarked
package io.dynaload.source;

import org.jspecify.annotations.NullMarked;
