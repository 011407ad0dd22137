/** What a message is called where media types are: an Internet message (RFC 5322), as RFC 2046, section 5.2.1 names it. */
export const MESSAGE_MEDIA_TYPE = 'message/rfc822';
