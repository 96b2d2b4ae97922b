// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.orchestrator.admin.Control;
import dev.latchkey.orchestrator.issue.Refused;
import dev.latchkey.orchestrator.issue.Tally;
import dev.latchkey.orchestrator.notice.Noticed;
import dev.latchkey.orchestrator.notice.Recent;
import dev.latchkey.orchestrator.observe.Traffic;
import dev.latchkey.orchestrator.policy.LoadedPolicy;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.state.KeyEpoch;
import dev.latchkey.orchestrator.state.Lease;
import dev.latchkey.orchestrator.state.Rotation;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows an orchestrator to the admin API beside it. */
final class OrchestratorControl implements Control {
    private final OrchestratorVerticle orchestrator;
    private final OrchestratorOptions options;
    private final Tally tally;
    private final Noticed noticed;
    private final Recent<Rotation> rotations;
    private volatile Map<String, Integer> lines;

    OrchestratorControl(
            OrchestratorVerticle orchestrator,
            OrchestratorOptions options,
            Tally tally,
            Noticed noticed,
            Recent<Rotation> rotations) {
        this.orchestrator = orchestrator;
        this.options = options;
        this.tally = tally;
        this.noticed = noticed;
        this.rotations = rotations;
        this.lines = options.getPolicyLines();
    }

    @Override
    public Clock clock() {
        return options.getClock();
    }

    @Override
    public LoadedPolicy policy() {
        return new LoadedPolicy(orchestrator.policy(), lines);
    }

    @Override
    public Future<Map<String, Lease>> instances(int most) {
        return orchestrator.leases(most);
    }

    @Override
    public Future<Revocations> revocations() {
        return orchestrator.revocations();
    }

    @Override
    public Future<Map<String, Instant>> quarantined() {
        return orchestrator.quarantined();
    }

    @Override
    public Map<String, List<KeyEpoch>> epochs() {
        return orchestrator.epochs();
    }

    @Override
    public List<Rotation> rotations() {
        return rotations.list();
    }

    @Override
    public Map<Alarm, Long> alarms() {
        return noticed.alarms();
    }

    @Override
    public List<Noticed.Raised> raisedLast() {
        return noticed.recent();
    }

    @Override
    public Map<DenialReason, Long> refusals() {
        return tally.refusals();
    }

    @Override
    public List<Refused> refusedLast() {
        return tally.refusedLast();
    }

    @Override
    public Traffic plaintext() {
        return orchestrator.observed();
    }

    @Override
    public Future<Void> rotate(Set<String> operations) {
        return orchestrator.rotate(operations);
    }

    @Override
    public Future<Long> rotateNow(Set<String> operations) {
        return orchestrator.rotateNow(operations);
    }

    @Override
    public Future<Long> revokeInstance(String instance) {
        return orchestrator.revokeInstance(instance);
    }

    @Override
    public Future<Long> revokeService(String service, Duration time) {
        return orchestrator.revokeService(service, time);
    }

    @Override
    public Future<Long> liftQuarantine(String name) {
        return orchestrator.liftQuarantine(name);
    }

    @Override
    public Future<LoadedPolicy> readPolicy() {
        Path file = options.getPolicyFile();
        return file == null
                ? Future.failedFuture(new IllegalArgumentException(
                        "policy: this orchestrator was not given a file; start it with one to reload it"))
                : orchestrator.read(() -> LoadedPolicy.load(file));
    }

    @Override
    public void requireFits(Policy next) {
        options.requireFits(next);
    }

    @Override
    public Future<Void> follow(LoadedPolicy next) {
        return orchestrator.follow(next.policy()).onSuccess(done -> lines = next.lines());
    }
}
