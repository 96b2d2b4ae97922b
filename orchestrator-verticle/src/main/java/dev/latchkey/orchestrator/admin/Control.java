// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.orchestrator.issue.Refused;
import dev.latchkey.orchestrator.notice.Noticed;
import dev.latchkey.orchestrator.observe.Traffic;
import dev.latchkey.orchestrator.policy.LoadedPolicy;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.PolicyException;
import dev.latchkey.orchestrator.state.KeyEpoch;
import dev.latchkey.orchestrator.state.Lease;
import dev.latchkey.orchestrator.state.Rotation;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the admin API sees of the orchestrator beside it, and has it do. Callable from any thread; futures may complete on the
 * orchestrator's context. What asks the shared state fails while that cannot be reached.
 */
public interface Control {
    /** The orchestrator's clock. */
    Clock clock();

    /** The policy in force. */
    LoadedPolicy policy();

    /** The living instances by name, of all orchestrators; so many at most. */
    Future<Map<String, Lease>> instances(int most);

    /** What is revoked now. */
    Future<Revocations> revocations();

    /** Who is quarantined, and until when. */
    Future<Map<String, Instant>> quarantined();

    /** The keys of each operation that are known here. Only their numbers and times may leave it. */
    Map<String, List<KeyEpoch>> epochs();

    /** The rotations that this orchestrator saw last. */
    List<Rotation> rotations();

    /** Alarms of this orchestrator so far. */
    Map<Alarm, Long> alarms();

    /** The alarms that this orchestrator raised last. */
    List<Noticed.Raised> raisedLast();

    /** Questions that this orchestrator refused so far. */
    Map<DenialReason, Long> refusals();

    /** The questions that this orchestrator refused last. */
    List<Refused> refusedLast();

    /** What instances told this orchestrator of plaintext. */
    Traffic plaintext();

    /** Has the next keys become active before their time; none stands for all. */
    Future<Void> rotate(Set<String> operations);

    /** Replaces keys at once; none stands for all. The number of the notice. */
    Future<Long> rotateNow(Set<String> operations);

    /** Revokes an instance. The number of the notice. */
    Future<Long> revokeInstance(String instance);

    /** Revokes a service for a time. The number of the notice. */
    Future<Long> revokeService(String service, Duration time);

    /** Ends a quarantine. The number of the notice; fails with an {@link IllegalArgumentException} when there is none. */
    Future<Long> liftQuarantine(String name);

    /** Reads policy's file again; fails with a {@link PolicyException} when it is wrong. */
    Future<LoadedPolicy> readPolicy();

    /** Throws an IllegalArgumentException for a policy that this orchestrator can only go by after a restart. */
    void requireFits(Policy next);

    /** Goes by another policy from now on, all of it or nothing. */
    Future<Void> follow(LoadedPolicy next);
}
