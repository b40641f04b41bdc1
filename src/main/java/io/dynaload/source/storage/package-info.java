/**
 * Files on S3 and on this machine, as the sources that read files share them: found, opened,
 * decompressed, cut into splits and read page by page. Knows no connector.
 */
@NullMarked
package io.dynaload.source.storage;

import org.jspecify.annotations.NullMarked;
