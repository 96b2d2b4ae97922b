// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.doctor;

import dev.latchkey.orchestrator.cluster.ClusterSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Looks at one thing after the other. What cannot be looked at is found to fail; nothing is changed. */
public final class Doctor {
    private final List<Callable<Finding>> checks = new ArrayList<>();

    /** Looks at the JVM and the machine. */
    public Doctor machine() {
        checks.add(() -> JdkCheck.look(Runtime.version()));
        checks.add(() -> JdkFlags.ofThisJvm().look());
        checks.add(() -> EntropyCheck.ofThisMachine().look());
        checks.add(FileDescriptors::look);
        return this;
    }

    /**
     * Looks at the clock.
     *
     * @param date an orchestrator's time, as HTTP's {@code Date} has it, asked for when it is looked at; empty for none
     * @param files that were made before now
     */
    public Doctor clock(Supplier<Optional<String>> date, List<Path> files) {
        checks.add(() -> new ClockCheck(Clock.systemUTC(), files).look(date));
        return this;
    }

    /** Looks whether something can be loaded, whose failure tells in one line what is wrong. */
    public Doctor loads(String check, Runnable load) {
        checks.add(() -> LoadCheck.look(check, load));
        return this;
    }

    /** Looks whether a file is its owner's alone. */
    public Doctor secret(Path file) {
        checks.add(() -> SecretFile.look(file));
        return this;
    }

    /**
     * Looks at where a node would listen and whom it would join.
     *
     * @param begins whether it may begin a cluster of its own, as an orchestrator's may
     * @param listens whether it must have its Hazelcast port, where others look for it
     */
    public Doctor cluster(ClusterSettings settings, boolean begins, boolean listens) {
        checks.add(() -> new HostCheck(settings.host()).look());
        if (listens) {
            checks.add(() -> new PortCheck("cluster.port", settings.host(), settings.port()).look());
        }
        if (settings.eventBusPort() > 0) {
            checks.add(() -> new PortCheck("cluster.eventBusPort", settings.host(), settings.eventBusPort()).look());
        }
        checks.add(() -> new NamesCheck(settings.members()).look());
        checks.add(() -> new MembersCheck(settings, begins).look());
        return this;
    }

    /** Looks at everything. */
    public List<Finding> look() {
        return checks.stream().map(Doctor::look).toList();
    }

    private static Finding look(Callable<Finding> check) {
        try {
            return check.call();
        } catch (Exception e) {
            return Finding.fail("doctor", "a check could not be made: " + e, "report this");
        }
    }
}
