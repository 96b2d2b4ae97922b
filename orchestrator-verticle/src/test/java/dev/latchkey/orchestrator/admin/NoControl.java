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

/** Of no orchestrator. */
final class NoControl implements Control {
    @Override
    public Clock clock() {
        throw new UnsupportedOperationException();
    }

    @Override
    public LoadedPolicy policy() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Map<String, Lease>> instances(int most) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Revocations> revocations() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Map<String, Instant>> quarantined() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, List<KeyEpoch>> epochs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Rotation> rotations() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<Alarm, Long> alarms() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Noticed.Raised> raisedLast() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<DenialReason, Long> refusals() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Refused> refusedLast() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Traffic plaintext() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> rotate(Set<String> operations) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Long> rotateNow(Set<String> operations) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Long> revokeInstance(String instance) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Long> revokeService(String service, Duration time) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Long> liftQuarantine(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<LoadedPolicy> readPolicy() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void requireFits(Policy next) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> follow(LoadedPolicy next) {
        throw new UnsupportedOperationException();
    }
}
