/** HTTP: listening, requests, ranges, multipart; no domain type here. */
@NullMarked
package io.consigne.server.http;

import org.jspecify.annotations.NullMarked;
