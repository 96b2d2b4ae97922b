// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

/**
 * What Latchkey noticed that it cannot prevent. It refused nothing by it and lost nothing that it knows of; somebody in the
 * cluster misbehaves, or a part of it is cut off.
 */
public enum Alarm {
    /** Something was published as an orchestrator's notice that no orchestrator signed. */
    FORGED_NOTICE("a notice was forged"),
    /** A notice did not arrive; what it said was learned later, from another one or at a renewal. */
    MISSED_NOTICE("a notice was missed"),
    /** An answer of an orchestrator told an older state than this JVM knows: its records were put back, or it is cut off. */
    OLD_STATE("an orchestrator told an old state"),
    /** A record in the orchestrators' maps was not theirs, or could not be read. It was taken for absent. */
    TAMPERED_RECORD("a record of the orchestrators was tampered with"),
    /** An older record was put back into the orchestrators' maps. What the orchestrator remembers counts. */
    ROLLED_BACK_RECORD("a record of the orchestrators was put back"),
    /** A node consumes at a secured address, and no instance that may is registered there: it can swallow messages. */
    STRANGE_CONSUMER("a node without a registered provider consumes at a secured address"),
    /** The cluster's map of nodes says of a node what its instances do not: messages may go elsewhere. */
    CHANGED_NODE("the cluster's record of a node is not what its instances say"),
    /** Providers told of many violations of an instance, at too few operations to rule out that one of them lies. */
    ACCUSED_INSTANCE("an instance is accused of violations, maybe falsely"),
    /** The violations of an instance, or of a credential's bearers, passed the threshold of policy. */
    BREACH("violations passed the threshold"),
    /** An instance or a credential was quarantined. */
    QUARANTINED("an instance or a credential was quarantined"),
    /** An orchestrator's audit log cannot be written. Unless it is told to go on, it issues nothing until it can. */
    AUDIT_FAILED("the audit log cannot be written"),

    /** Somebody who may read the directory of an operation's providers published a change of it that no orchestrator signed. */
    FORGED_DIRECTORY("a change of a directory was forged");

    private final String text;

    Alarm(String text) {
        this.text = text;
    }

    /** One line for people. */
    public String text() {
        return text;
    }
}
