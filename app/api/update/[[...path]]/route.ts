import { answerHosted } from "#phones/device-api/hosted-app";

// `npm start` answers phones in processes of their own, about ten times faster. This route serves other hosts of the app.
export {
  answerHosted as DELETE,
  answerHosted as GET,
  answerHosted as HEAD,
  answerHosted as OPTIONS,
  answerHosted as PATCH,
  answerHosted as POST,
  answerHosted as PUT,
};
