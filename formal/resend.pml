/* SPDX-License-Identifier: Apache-2.0
 *
 * A request that is sent again after a refusal, and who handles it. An adversary forges refusals, so that the caller sends again
 * whenever it likes, and delivers any message that was ever sent, any number of times, to any JVM, several at one moment. See README.md.
 *
 * Message 0 is the request's first; each later one stands in its place, under another token, and names it. With -DSHARED the operation's
 * replay scope is 'cluster' or 'sender': there is one memory of who took what, beside those of the JVMs. Otherwise it is 'node'.
 */
#define MESSAGES 3
/* JVMs have nothing to do with each other but by the shared memory. */
#ifdef SHARED
#define JVMS 2
#else
#define JVMS 1
#endif

bool sent[MESSAGES];

/* A JVM's memories: whether it knows the session of the first message's token, numbers that it has seen, and whether it took, or began to
 * take, a message in the place of the first. */
bool known[JVMS];
bool seen[JVMS * MESSAGES];
bool withdrawn[JVMS];
#define numberOf(jvm, message) seen[(jvm) * MESSAGES + (message)]

/* The memory that all share. */
bool claimed[MESSAGES];

byte handled[JVMS];

/* Ghosts that the reachability checks read. */
bool firstHandled = false, laterHandled = false, gaveUp = false;

/* As Resends does: the last message is taken back from the shared memory before the next one leaves; whoever claimed it has it. */
proctype Caller() {
    byte last = 0;
    do
    :: last < MESSAGES - 1 -> /* A refusal came: a provider's, or a forged one. */
#ifdef SHARED
#ifndef NO_WITHDRAWAL
        atomic {
            if
            :: claimed[last] -> gaveUp = true; goto done
            :: else -> claimed[last] = true
            fi
        }
#endif
#endif
        last++;
        sent[last] = true
    :: break
    od;
done: skip
}

/* Notes that a message stands in the first's place, unless another one does. */
inline takePlace() {
    atomic {
        if :: withdrawn[jvm] -> goto refused :: else -> withdrawn[jvm] = true fi
    }
}

/* One message at one consumer's context: the steps of RequestGate, between any two of which another consumer may take its own. */
proctype Delivery() {
    byte message, jvm;
    atomic {
        if :: sent[0] -> message = 0 :: sent[1] -> message = 1 :: sent[2] -> message = 2 fi;
        if :: jvm = 0 :: JVMS > 1 -> jvm = 1 fi
    }
    known[jvm] = known[jvm] || message == 0;
    atomic {
        if
        :: numberOf(jvm, message) -> goto refused
        :: else -> numberOf(jvm, message) = true
        fi
    }
    if
    :: message == 0 && withdrawn[jvm] -> goto refused
    :: else -> skip
    fi;
#ifndef NO_NAME
    if
    :: message > 0 ->
#ifndef NOTED_AFTER
        takePlace();
#endif
        if
        :: known[jvm] ->
            atomic {
                if :: numberOf(jvm, 0) -> goto refused :: else -> numberOf(jvm, 0) = true fi
            }
        :: else -> skip
        fi
#ifdef NOTED_AFTER
        ; takePlace()
#endif
    :: else -> skip
    fi;
#endif
#ifdef SHARED
    atomic {
        if :: claimed[message] -> goto refused :: else -> claimed[message] = true fi
    };
#endif
    atomic {
        handled[jvm]++;
        firstHandled = firstHandled || message == 0;
        laterHandled = laterHandled || message > 0;
#ifdef SHARED
        assert(handled[0] + handled[1] <= 1) /* handled_once */
#else
        assert(handled[jvm] <= 1) /* handled_once_in_a_jvm */
#endif
    }
refused: skip
}

init {
    atomic {
        sent[0] = true;
        run Caller();
#ifndef SHARED
        run Delivery();
#endif
        run Delivery(); run Delivery(); run Delivery()
    }
}
#ifdef REACH_FIRST
ltl p { [] !firstHandled }
#endif
#ifdef REACH_LATER
ltl p { [] !laterHandled }
#endif
#ifdef REACH_GAVE_UP
ltl p { [] !gaveUp }
#endif
