const asks =
  '(?:(?:so|ok|and|now|hey|first|please|tell me),? )*(?:(?:is|are) there|any|anyone|anybody|(?:can|could|do|did) you (?:see|spot|find|notice)|has (?:he|she|it|anyone|somebody)|(?:have|got) (?:we|you)?|is (?:it|he|she)|are they)';
const found = new RegExp(`(?<=(?:^|[.!?] )${asks}\\b[^.?!]{0,120}\\? )(?:then|great,? then|in that case)(?=,? )`, 'gi');
const counted =
  /(?<=^|[.!?] )(?<count>(?:more|fewer|less) than|over|under|at least|at most|exactly|no more than|no fewer than) (?<number>[\w-]+(?: (?!then\b)[\w'-]+){0,4})\? (?:(?:then|if so|in that case),? )?/gi;

/** A question and what is to be done "then": "any people in here? then blur them", "fewer than five? remove the boat". */
export const withAskedConditions = (text: string): string =>
  text.replace(found, 'if so').replace(counted, 'if $<count> $<number>, ');
