/** Publishes the figures of an import to Amazon CloudWatch, while it runs and at its end. */
@NullMarked
package io.dynaload.cloudwatch;

import org.jspecify.annotations.NullMarked;
