// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bootstrap;

/**
 * An SRV record (RFC 2782).
 *
 * @param priority the lowest is tried first
 * @param weight among equal priorities, how often it comes first
 * @param target a name with addresses
 * @param ttl how long it may be used, seconds
 */
record Srv(int priority, int weight, int port, String target, long ttl) {}
