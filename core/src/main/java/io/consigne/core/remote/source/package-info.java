/**
 * Opens what strangers name: files at http, https, ftp and ftps addresses, held to the operator's
 * rules on the very sockets that are used. The rules and their reasons are in {@code
 * docs/fetch-policy.md}.
 */
@NullMarked
package io.consigne.core.remote.source;

import org.jspecify.annotations.NullMarked;
