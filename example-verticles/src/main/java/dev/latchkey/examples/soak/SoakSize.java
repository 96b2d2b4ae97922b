// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

/**
 * How large a soak is.
 *
 * @param seconds of load
 * @param providers nodes that receive
 * @param callers nodes that send
 * @param orchestrators nodes with an orchestrator
 * @param perSecond requests, and as many sends, of each caller
 */
record SoakSize(long seconds, int providers, int callers, int orchestrators, long perSecond) {}
