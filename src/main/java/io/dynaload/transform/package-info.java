/** Stage 3: what happens to an item between source and sink. */
@NullMarked
package io.dynaload.transform;

import org.jspecify.annotations.NullMarked;
