/** When a call is made, and whether it is made again. */
@NullMarked
package io.consigne.client.policy;

import org.jspecify.annotations.NullMarked;
