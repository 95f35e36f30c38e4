/** Headers of every answer: what browsers may do with it. */

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

/** Nothing from elsewhere, no inline script, no frames. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [...POLICY, "form-action 'none'"].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-robots-tag': 'noindex',
};

/** The page that asks for a password has a form, and browsers name its origin only with a referrer. */
export const LOGIN_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [...POLICY, "form-action 'self'"].join('; '),
  'referrer-policy': 'same-origin',
};
