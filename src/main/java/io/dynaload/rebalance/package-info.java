/** Stage 2, and the way to stage 4: which subtask of the next stage an item goes to. */
@NullMarked
package io.dynaload.rebalance;

import org.jspecify.annotations.NullMarked;
