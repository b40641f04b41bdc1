/**
 * The arguments of an EMR step on a real YARN cluster of this machine: HDFS, ResourceManager,
 * NodeManager and ZooKeeper as they are on EMR, and a primary node whose commands are EMR's.
 */
@NullMarked
package io.dynaload.emr.yarn;

import org.jspecify.annotations.NullMarked;
