/** Stage 2: spreads the items evenly over the subtasks of what follows. */
@NullMarked
package io.dynaload.rebalance;

import org.jspecify.annotations.NullMarked;
