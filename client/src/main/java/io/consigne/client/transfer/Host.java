package io.consigne.client.transfer;

import io.consigne.client.budget.Timing;
import io.consigne.client.model.Capabilities;
import io.consigne.client.policy.Policy;
import io.consigne.client.wire.Wire;
import java.util.random.RandomGenerator;

/**
 * What a transfer needs of a host.
 *
 * @param policy makes calls
 * @param wire sends what is no call
 * @param capabilities what the host offers
 * @param timing the clock
 * @param random for the marks between the parts of a body
 */
public record Host(
    Policy policy, Wire wire, Capabilities capabilities, Timing timing, RandomGenerator random) {}
