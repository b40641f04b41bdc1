/**
 * Credentials, regions and clients of the AWS SDK, as a section of the import file asks for them.
 */
@NullMarked
package io.dynaload.aws;

import org.jspecify.annotations.NullMarked;
