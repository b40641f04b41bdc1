/** {@code type: file}: files of CSV, JSON, DynamoDB JSON, Ion or a format of the user's own. */
@NullMarked
package io.dynaload.source.file;

import org.jspecify.annotations.NullMarked;
